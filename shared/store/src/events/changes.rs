use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::events::{Event, Reminders, Seats, terms};

use super::{
    Events,
    items::{EventItem, keyed},
};
use crate::{
    Result,
    db::{Transaction, n},
    keys,
    notices::{Notices, Telling},
};

/// What came of changing or removing an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventWrite {
    /// It is as asked.
    Written,
    /// It changed since it was read, or is gone.
    Stale,
    /// More seats are taken than it is to have.
    TooFew,
    /// It changed hands a moment ago, and lists are still catching up.
    Busy,
    /// The notice that was to tell of it is being told already.
    Told,
}

impl Events {
    /// Changes an event, its seats, its reminders if they change with it, and what it is found by, if it is still the
    /// version that was read. What is cached of it is dropped with the same write, and it is told of as `telling`
    /// says. A former organizer's lists are cleared afterwards.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn change_event(
        &self,
        before: &Event,
        after: &Event,
        reminders: Option<&Reminders>,
        notices: &Notices,
        telling: &Telling,
    ) -> Result<EventWrite> {
        let item = keyed(keys::event(after.id), None, &EventItem::from(after))?;
        let mut writes = vec![
            self.0.replace(item, before.version)?,
            self.move_seats(after, reminders)?,
            self.0.delete(keys::cached_event(after.id))?,
        ];
        let (mut told_at, mut reminders_at) = (None, None);
        if let Some(tell) = notices.tell(telling)? {
            told_at = Some(writes.len());
            writes.push(tell);
        }
        if let Some(reminders) = reminders {
            reminders_at = Some(writes.len());
            let version = reminders.version - 1;
            writes.push(self.0.replace(Self::reminders_item(reminders)?, version)?);
        }
        let (old, new) = (terms(before), terms(after));
        for term in old.difference(&new) {
            writes.push(self.0.delete(keys::entry(term, after.id))?);
        }
        let has_moved = before.start != after.start;
        for term in new.iter().filter(|term| has_moved || !old.contains(term)) {
            writes.push(self.put_entry(term, after)?);
        }
        if before.organizer != after.organizer {
            writes.push(self.begin_hand_over(after.id, before.organizer, after.updated_at)?);
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => EventWrite::Written,
            Transaction::Refused(failed) if failed.contains(&0) => EventWrite::Stale,
            Transaction::Refused(failed) if failed.contains(&1) => EventWrite::TooFew,
            Transaction::Refused(failed) if reminders_at.is_some_and(|at| failed.contains(&at)) => {
                EventWrite::Stale
            }
            Transaction::Refused(failed) if told_at.is_some_and(|at| failed.contains(&at)) => {
                EventWrite::Told
            }
            Transaction::Refused(_) => EventWrite::Busy,
        })
    }

    /// Removes an event with its seats and all its tickets, at once and for everybody; what else hung on it is
    /// hidden by the removal that is written with it, and cleared away once a notice that tells of it knows whom it is
    /// for.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn remove_event(
        &self,
        event: &Event,
        seats: &Seats,
        now: Timestamp,
        notices: &Notices,
        telling: &Telling,
    ) -> Result<EventWrite> {
        let mut writes = vec![
            self.0.delete_version(keys::event(event.id), event.version)?,
            self.delete_seats(seats)?,
            self.0.delete(keys::reminders(event.id))?,
            self.0.delete(keys::cached_event(event.id))?,
            self.begin_event(event, telling.notice(), now)?,
        ];
        let told_at = writes.len();
        let tell = notices.tell(telling)?;
        let is_told = tell.is_some();
        writes.extend(tell);
        for &ticket in seats.tickets.keys() {
            writes.push(self.0.delete(keys::ticket(ticket))?);
            writes.push(self.0.delete(keys::cached_ticket(ticket))?);
        }
        writes.extend(self.outdate_lists(event.id)?);
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => EventWrite::Written,
            Transaction::Refused(failed) if is_told && failed == [told_at] => EventWrite::Told,
            Transaction::Refused(_) => EventWrite::Stale,
        })
    }

    /// Deletes seats to which no ticket was added since they were read, and of which none was taken if none was then:
    /// nobody is told of it in that case.
    fn delete_seats(&self, seats: &Seats) -> Result<TransactWriteItem> {
        let still_none = if seats.taken == 0 {
            " AND taken = :none"
        } else {
            ""
        };
        let mut delete = aws_sdk_dynamodb::types::Delete::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::seats(seats.event).attributes()))
            .condition_expression(format!("tickets_version = :version{still_none}"))
            .expression_attribute_values(":version", n(seats.tickets_version));
        if seats.taken == 0 {
            delete = delete.expression_attribute_values(":none", n(0));
        }
        let delete = delete.build().map_err(crate::StoreError::unreadable)?;
        Ok(TransactWriteItem::builder().delete(delete).build())
    }
}
