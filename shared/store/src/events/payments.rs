use aws_sdk_dynamodb::types::TransactWriteItem;
use kabar_domain::{
    events::Payment,
    ids::{EventId, PaymentId, RegistrationId},
};

use super::{
    Events,
    items::{PaymentItem, keyed},
};
use crate::{
    Result,
    db::{Transaction, n, s},
    keys,
    notices::{Notices, Telling},
    writes::updated,
};

impl Events {
    /// Adds a payment for a registration that is still the version that was read, which makes a new version of it:
    /// who cancels it then knows of the payment. Adding the very same payment again is no error. `false`: the
    /// registration changed, or is gone.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_payment(
        &self,
        payment: &Payment,
        registration_version: u64,
        notices: &Notices,
        telling: &Telling,
    ) -> Result<bool> {
        let touch = self
            .0
            .update(keys::registration(payment.registration))
            .update_expression("ADD version :one")
            .condition_expression("version = :version")
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":version", n(registration_version));
        let mut writes = self.payment_writes(None, payment)?;
        writes.push(updated(touch)?);
        writes.extend(notices.tell(telling)?);
        Ok(match self.0.transact(writes).await? {
            Transaction::Refused(failed) => failed.contains(&0),
            Transaction::Written => true,
        })
    }

    /// The writes of a payment wherever it stands; the first says whether it is new, or still what was read.
    pub(super) fn payment_writes(
        &self,
        before: Option<&Payment>,
        after: &Payment,
    ) -> Result<Vec<TransactWriteItem>> {
        let Payment {
            id,
            registration,
            event,
            user,
            organizer,
            ..
        } = *after;
        let item = PaymentItem::from(after);
        let all = (keys::PAYMENTS.to_owned(), id.to_string());
        let own = (keys::payments_of(user), id.to_string());
        let main = keyed(keys::payment(id), Some(all), &item)?;
        let mut writes = vec![
            match before {
                Some(before) => self.0.replace(main, before.version)?,
                None => self.0.put_new(main)?,
            },
            self.0
                .put(keyed(keys::paid_for(event, registration, id), Some(own), &item)?)?,
            self.0.put(keyed(keys::earned_by(organizer, id), None, &item)?)?,
        ];
        if after.is_refund_due() {
            writes.push(self.0.put(keyed(keys::refund(id), None, &item)?)?);
        } else if before.is_some_and(Payment::is_refund_due) {
            writes.push(self.0.delete(keys::refund(id))?);
        }
        Ok(writes)
    }

    /// A payment; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn payment(&self, id: PaymentId) -> Result<Option<Payment>> {
        let found: Option<PaymentItem> = self.0.get(keys::payment(id)).await?;
        found.map(Payment::try_from).transpose()
    }

    /// The payments for a registration, the oldest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn payments_for(&self, event: EventId, registration: RegistrationId) -> Result<Vec<Payment>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :event AND begins_with(sk, :registration)")
            .expression_attribute_values(":event", s(keys::payments_of_event(event)))
            .expression_attribute_values(":registration", s(keys::payments_for(registration)))
            .consistent_read(true);
        let found: Vec<PaymentItem> = self.0.all_rows(query).await?;
        found.into_iter().map(Payment::try_from).collect()
    }

    /// Changes a payment that is still the version that was read, and tells of it. `false`: it is not.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn change_payment(
        &self,
        before: &Payment,
        after: &Payment,
        notices: &Notices,
        telling: &Telling,
    ) -> Result<bool> {
        let mut writes = self.payment_writes(Some(before), after)?;
        writes.extend(notices.tell(telling)?);
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Removes a payment that is still the version that was read. `false`: it is not.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_payment(&self, payment: &Payment) -> Result<bool> {
        let Payment {
            id,
            registration,
            event,
            organizer,
            version,
            ..
        } = *payment;
        let writes = vec![
            self.0.delete_version(keys::payment(id), version)?,
            self.0.delete(keys::paid_for(event, registration, id))?,
            self.0.delete(keys::earned_by(organizer, id))?,
            self.0.delete(keys::refund(id))?,
        ];
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }
}
