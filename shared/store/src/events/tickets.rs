use jiff::Timestamp;
use kabar_domain::{
    events::{Removal, Seats, Ticket},
    ids::{EventId, TicketId},
};

use super::{
    Events,
    items::{TicketItem, keyed},
};
use crate::{
    List, Result, StoreError, Window,
    db::{Transaction, s},
    keys,
};

/// What came of writing a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketWrite {
    /// It is as asked.
    Written,
    /// It or its event changed since it was read, or is gone.
    Stale,
    /// More are taken than there are to be.
    TooFew,
}

impl Events {
    /// Adds a ticket to the seats that were read. Adding the very same ticket again is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_ticket(&self, seats: &Seats, ticket: &Ticket) -> Result<TicketWrite> {
        let item = keyed(keys::ticket(ticket.id), None, &TicketItem::from(ticket))?;
        let mut writes = vec![self.0.put_new(item)?, self.add_stock(seats, ticket)?];
        writes.extend(self.outdate_lists(ticket.event)?);
        Ok(match self.0.transact(writes).await? {
            Transaction::Refused(failed) if !failed.contains(&0) => TicketWrite::Stale,
            Transaction::Written | Transaction::Refused(_) => TicketWrite::Written,
        })
    }

    /// A ticket; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn ticket(&self, id: TicketId) -> Result<Option<Ticket>> {
        let found: Option<TicketItem> = self.0.get(keys::ticket(id)).await?;
        found.map(Ticket::try_from).transpose()
    }

    /// All tickets, the newest first; one read.
    pub(super) async fn tickets(&self, window: &Window) -> Result<List<Ticket>> {
        let start = window.after.as_deref().and_then(TicketId::parse);
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :tickets")
            .expression_attribute_values(":tickets", s(keys::TICKETS))
            .consistent_read(true)
            .scan_index_forward(false)
            .limit(i32::from(window.limit))
            .set_exclusive_start_key(start.map(|id| keys::ticket(id).attributes()));
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let goes_on = answer.last_evaluated_key.is_some();
        let items: Vec<TicketItem> = answer
            .items
            .unwrap_or_default()
            .into_iter()
            .map(crate::db::read)
            .collect::<Result<_>>()?;
        let next = items.last().filter(|_| goes_on).map(|item| item.id.clone());
        Ok(List {
            entries: items.into_iter().map(Ticket::try_from).collect::<Result<_>>()?,
            next,
        })
    }

    /// The tickets of an event, the newest first; two reads. Without the event there are none.
    pub(super) async fn tickets_of(&self, event: EventId, window: &Window) -> Result<List<Ticket>> {
        let seats = self.seats(event).await?;
        let before = window.after.as_deref().and_then(TicketId::parse);
        let all = seats
            .into_iter()
            .flat_map(|seats| seats.tickets.into_keys().rev());
        let mut ids: Vec<TicketId> = all
            .filter(|id| before.is_none_or(|before| *id < before))
            .collect();
        let goes_on = ids.len() > usize::from(window.limit);
        ids.truncate(usize::from(window.limit));
        let keys = ids.iter().map(|id| keys::ticket(*id)).collect();
        let found: Vec<TicketItem> = self.0.get_many(keys, true).await?;
        let mut entries = found
            .into_iter()
            .map(Ticket::try_from)
            .collect::<Result<Vec<_>>>()?;
        entries.sort_unstable_by_key(|ticket| std::cmp::Reverse(ticket.id));
        let next = ids.last().filter(|_| goes_on).map(TicketId::to_string);
        Ok(List { entries, next })
    }

    /// These tickets; one read for every hundred. Those that are gone are left out.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn tickets_by_id(&self, ids: impl IntoIterator<Item = TicketId>) -> Result<Vec<Ticket>> {
        let keys = ids.into_iter().map(keys::ticket).collect();
        let found: Vec<TicketItem> = self.0.get_many(keys, true).await?;
        found.into_iter().map(Ticket::try_from).collect()
    }

    /// Changes a ticket that is still the version that was read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn change_ticket(&self, before: &Ticket, after: &Ticket) -> Result<TicketWrite> {
        let item = keyed(keys::ticket(after.id), None, &TicketItem::from(after))?;
        let mut writes = vec![
            self.0.replace(item, before.version)?,
            self.change_stock(after)?,
            self.0.delete(keys::cached_ticket(after.id))?,
        ];
        writes.extend(self.outdate_lists(after.event)?);
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => TicketWrite::Written,
            Transaction::Refused(failed) if failed.contains(&0) => TicketWrite::Stale,
            Transaction::Refused(_) => TicketWrite::TooFew,
        })
    }

    /// Removes a ticket with the seats taken by it, at once and for everybody; its registrations are hidden by the
    /// removal that is written with it, and cleared away afterwards.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_ticket(&self, ticket: &Ticket, seats: &Seats, now: Timestamp) -> Result<TicketWrite> {
        let taken = seats.tickets.get(&ticket.id).map_or(0, |stock| stock.taken);
        let mut writes = vec![
            self.0.delete_version(keys::ticket(ticket.id), ticket.version)?,
            self.drop_stock(seats, ticket.id, taken)?,
            self.0.delete(keys::cached_ticket(ticket.id))?,
            self.begin_in(Removal::Ticket(ticket.id), Some(ticket.event), &ticket.name, now)?,
        ];
        writes.extend(self.outdate_lists(ticket.event)?);
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => TicketWrite::Written,
            Transaction::Refused(_) => TicketWrite::Stale,
        })
    }
}
