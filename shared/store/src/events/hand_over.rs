//! An event goes from one organizer to another: its rows in the lists of the former one move behind.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    events::{Payment, Registration, Removal},
    ids::{EventId, PaymentId, RegistrationId, UserId},
};

use super::{Events, items::keyed, removals::RemovalItem};
use crate::{Result, keys};

impl Events {
    /// Begins to take an event out of its former organizer's lists. One that is still being taken out of another's is
    /// not given on.
    pub(super) fn begin_hand_over(
        &self,
        event: EventId,
        organizer: UserId,
        now: Timestamp,
    ) -> Result<TransactWriteItem> {
        let item = RemovalItem {
            begun_at: now.into(),
            event: Some(event.to_string()),
            organizer: Some(organizer.to_string()),
            terms: Vec::new(),
            ticket: String::new(),
            notice: None,
        };
        self.0
            .put_new(keyed(keys::removal(Removal::Organizer(event)), None, &item)?)
    }

    /// Moves a registration from a former organizer's sales to another's. `false`: it is not there any more.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn hand_over_registration(&self, id: RegistrationId, from: UserId, to: UserId) -> Result<bool> {
        let found = self
            .registration(id)
            .await?
            .filter(|found| found.organizer == from);
        let Some(before) = found else {
            self.0.delete_all(vec![keys::sold_by(from, id)]).await?;
            return Ok(false);
        };
        let after = Registration {
            organizer: to,
            version: before.version + 1,
            ..before
        };
        let mut writes = self.row_writes(&before, &after)?;
        writes.push(self.0.delete(keys::sold_by(from, id))?);
        writes.push(self.must_be_there(before.event)?);
        self.0.transact(writes).await.map(|_| true)
    }

    /// Moves a payment from a former organizer's earnings to another's. `false`: it is not there any more.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn hand_over_payment(&self, id: PaymentId, from: UserId, to: UserId) -> Result<bool> {
        let found = self.payment(id).await?.filter(|found| found.organizer == from);
        let Some(before) = found else {
            self.0.delete_all(vec![keys::earned_by(from, id)]).await?;
            return Ok(false);
        };
        let after = Payment {
            organizer: to,
            version: before.version + 1,
            ..before.clone()
        };
        let mut writes = self.payment_writes(Some(&before), &after)?;
        writes.push(self.0.delete(keys::earned_by(from, id))?);
        writes.push(self.must_be_there(before.event)?);
        self.0.transact(writes).await.map(|_| true)
    }

    /// Refuses a row for somebody's list once the event is removed: whoever clears that away looks for the rows that
    /// were there then.
    fn must_be_there(&self, event: EventId) -> Result<TransactWriteItem> {
        self.0.check_there(keys::seats(event))
    }
}
