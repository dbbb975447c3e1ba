use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    events::{Payment, Registration},
    ids::{EventId, RegistrationId, TicketId, UserId},
    news::Notice,
};

use super::{
    Events,
    items::{RegistrationItem, keyed},
    seats::Sale,
};
use crate::{
    Result,
    db::Transaction,
    keys,
    notices::{Notices, Telling},
};

/// What came of asking for a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seated {
    /// It is theirs.
    Now(Registration),
    /// They hold a registration for this ticket, perhaps this very one from an earlier try.
    Before(Registration),
    /// No seat was to be had; the seats say why.
    No,
}

/// What came of cancelling or changing a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// It is as asked.
    Written,
    /// It changed since it was read, or is gone.
    Stale,
    /// There is no seat by the other ticket.
    NoSeat,
    /// The person holds a registration for the other ticket.
    Taken,
    /// The notice that was to tell of it is being told already.
    Told,
}

impl Events {
    /// Takes a seat, writes the registration and what is told of it, in one transaction. At the box office `within` is
    /// nothing; else the ticket has to be on sale at that time. The event's last reminder has to be the one that the
    /// registration says had gone out.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn register(
        &self,
        registration: &Registration,
        within: Option<Timestamp>,
        notices: &Notices,
        news: &[Notice],
    ) -> Result<Seated> {
        let sale = Sale {
            event: registration.event,
            ticket: registration.ticket,
            organizer: registration.organizer,
            within,
            reminded: registration.reminded,
        };
        let [main, holder, sold] = self.rows(registration)?;
        let mut writes = vec![
            self.take_seat(&sale)?,
            self.0.put_new(main)?,
            self.0.put_new(holder)?,
            self.0.put(sold)?,
        ];
        for notice in news {
            writes.push(notices.put(notice)?);
        }
        match self.0.transact(writes).await? {
            Transaction::Written => Ok(Seated::Now(registration.clone())),
            Transaction::Refused(failed) if failed.contains(&2) => {
                let held = self
                    .held(registration.event, registration.ticket, registration.user)
                    .await?;
                Ok(held.map_or(Seated::No, Seated::Before))
            }
            Transaction::Refused(_) => Ok(Seated::No),
        }
    }

    /// The three places where a registration stands: by itself, with its event, and with the organizer's sales.
    fn rows(&self, registration: &Registration) -> Result<[crate::db::Item; 3]> {
        let Registration {
            id,
            user,
            ticket,
            event,
            organizer,
            ..
        } = *registration;
        let item = RegistrationItem::from(registration);
        let all = (keys::REGISTRATIONS.to_owned(), id.to_string());
        let own = (keys::registrations_of(user), id.to_string());
        Ok([
            keyed(keys::registration(id), Some(all), &item)?,
            keyed(keys::holder(event, ticket, user), Some(own), &item)?,
            keyed(keys::sold_by(organizer, id), None, &item)?,
        ])
    }

    /// The writes of a registration that is still the version that was read, wherever it stands: the first is refused
    /// when it is not, the second when the person holds another one for the ticket.
    pub(super) fn row_writes(
        &self,
        before: &Registration,
        after: &Registration,
    ) -> Result<Vec<TransactWriteItem>> {
        let [main, holder, sold] = self.rows(after)?;
        let old = keys::holder(before.event, before.ticket, before.user);
        let mut writes = vec![self.0.replace(main, before.version)?];
        if old == keys::holder(after.event, after.ticket, after.user) {
            writes.push(self.0.put(holder)?);
        } else {
            writes.push(self.0.put_new(holder)?);
            writes.push(self.0.delete(old)?);
        }
        writes.push(self.0.put(sold)?);
        Ok(writes)
    }

    /// A registration; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn registration(&self, id: RegistrationId) -> Result<Option<Registration>> {
        let found: Option<RegistrationItem> = self.0.get(keys::registration(id)).await?;
        found.map(Registration::try_from).transpose()
    }

    /// A person's registration for a ticket; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn held(&self, event: EventId, ticket: TicketId, user: UserId) -> Result<Option<Registration>> {
        let found: Option<RegistrationItem> = self.0.get(keys::holder(event, ticket, user)).await?;
        found.map(Registration::try_from).transpose()
    }

    /// Moves a registration to another ticket of its event, or to another person, and tells of it, in one transaction,
    /// if it is still the version that was read.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn change_registration(
        &self,
        before: &Registration,
        after: &Registration,
        notices: &Notices,
        telling: &[Telling],
    ) -> Result<Cancelled> {
        let mut writes = self.row_writes(before, after)?;
        let seat = writes.len();
        if before.ticket != after.ticket {
            writes.push(self.trade_seat(before.event, before.ticket, after.ticket)?);
        }
        if before.user != after.user && before.ticket == after.ticket {
            writes.push(self.check_reminded(after.event, after.reminded)?);
        }
        let told_from = writes.len();
        for telling in telling {
            writes.extend(notices.tell(telling)?);
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => Cancelled::Written,
            Transaction::Refused(failed) if failed.contains(&0) => Cancelled::Stale,
            Transaction::Refused(failed) if failed.contains(&1) => Cancelled::Taken,
            Transaction::Refused(failed) if failed.iter().all(|at| *at >= told_from) => Cancelled::Told,
            Transaction::Refused(failed) if before.ticket != after.ticket && failed.contains(&seat) => {
                Cancelled::NoSeat
            }
            Transaction::Refused(_) => Cancelled::Stale,
        })
    }

    /// Cancels a registration: its seat is given back unless its ticket is gone, its rows go, and its payments become
    /// what they are without it; its holder is told, if there is a notice. All of it, or nothing if one of them changed
    /// since it was read.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn cancel_registration(
        &self,
        registration: &Registration,
        payments: &[Payment],
        has_seat: bool,
        now: Timestamp,
        news: Option<(&Notices, &Notice)>,
    ) -> Result<Cancelled> {
        let Registration {
            id,
            user,
            ticket,
            event,
            organizer,
            version,
            ..
        } = *registration;
        let mut writes: Vec<TransactWriteItem> = vec![
            self.0.delete_version(keys::registration(id), version)?,
            self.0.delete(keys::holder(event, ticket, user))?,
            self.0.delete(keys::sold_by(organizer, id))?,
        ];
        if has_seat {
            writes.push(self.free_seat(event, ticket)?);
        }
        for payment in payments {
            let mut after = payment.clone().orphaned(now);
            after.version += 1;
            writes.extend(self.payment_writes(Some(payment), &after)?);
        }
        if let Some((notices, notice)) = news {
            writes.push(notices.put(notice)?);
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => Cancelled::Written,
            Transaction::Refused(_) => Cancelled::Stale,
        })
    }
}
