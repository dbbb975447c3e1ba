use jiff::Timestamp;
use kabar_domain::{
    events::{MOST_TICKETS, Money, Removal, Ticket},
    ids::{EventId, TicketId},
    people::Caller,
};
use kabar_store::{
    List, Window,
    events::{Source, TicketWrite},
};

use crate::{App, Expected, Failure, Result};

/// A kind of ticket as an organizer describes it.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// Whose tickets they are.
    pub event: EventId,
    /// What it is called.
    pub name: String,
    /// What one costs.
    pub price: Money,
    /// From when people can register themselves.
    pub sales_start: Timestamp,
    /// Until when they can.
    pub sales_end: Timestamp,
    /// How many there are.
    pub quota: u32,
}

/// What is to change of a ticket; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct TicketChange {
    /// Whose tickets they are, which cannot change.
    pub event: Option<EventId>,
    /// What it is called.
    pub name: Option<String>,
    /// What one costs.
    pub price: Option<Money>,
    /// From when people can register themselves.
    pub sales_start: Option<Timestamp>,
    /// Until when they can.
    pub sales_end: Option<Timestamp>,
    /// How many there are.
    pub quota: Option<u32>,
}

fn no_event() -> Failure {
    Failure::field("event_id", "There is no such event.")
}

fn check_window(ticket: &Ticket) -> Result<()> {
    if ticket.sales_end < ticket.sales_start {
        return Err(Failure::field("sales_end", "May not be before sales_start."));
    }
    Ok(())
}

impl App {
    /// Tickets, of one event or of all; anyone may read them.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn tickets(&self, event: Option<EventId>, window: &Window) -> Result<(List<Ticket>, Source)> {
        Ok(self
            .events
            .cached_tickets(event, window, self.world.now())
            .await?)
    }

    /// A ticket; anyone may read it.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn ticket(&self, id: TicketId) -> Result<(Ticket, Source)> {
        let found = self.events.cached_ticket(id, self.world.now()).await?;
        found.ok_or(Failure::NotFound)
    }

    /// Adds a kind of ticket to an event: staff to anybody's, organizers to their own.
    ///
    /// # Errors
    /// [`Failure::NotAllowed`], [`Failure::Invalid`] when the event does not exist or sale ends before it begins, or
    /// [`Failure::Conflict`] when the event has too many kinds of ticket.
    pub async fn add_ticket(&self, caller: &Caller, new: NewTicket) -> Result<Ticket> {
        let ticket = Ticket {
            id: TicketId::new(&*self.world),
            event: new.event,
            name: new.name,
            price: new.price,
            sales_start: new.sales_start,
            sales_end: new.sales_end,
            quota: new.quota,
            version: 1,
        };
        Expected::Any
            .settle(|| self.add_ticket_once(caller, &ticket))
            .await
    }

    async fn add_ticket_once(&self, caller: &Caller, ticket: &Ticket) -> Result<Ticket> {
        let seats = self.events.seats(ticket.event).await?.ok_or_else(no_event)?;
        Self::must_manage(caller, seats.organizer)?;
        check_window(ticket)?;
        if seats.tickets.len() >= MOST_TICKETS && !seats.tickets.contains_key(&ticket.id) {
            return Err(Failure::Conflict(
                "The event has as many kinds of ticket as it can have.",
            ));
        }
        match self.events.add_ticket(&seats, ticket).await? {
            TicketWrite::Written => Ok(ticket.clone()),
            TicketWrite::Stale | TicketWrite::TooFew => Err(Failure::Changed),
        }
    }

    /// Changes a ticket: staff anybody's, organizers those of their own events.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::NotAllowed`], [`Failure::Changed`], [`Failure::Invalid`], or
    /// [`Failure::Conflict`] when more are taken than there are to be.
    pub async fn change_ticket(
        &self,
        caller: &Caller,
        id: TicketId,
        expected: Expected,
        change: TicketChange,
    ) -> Result<Ticket> {
        expected
            .settle(|| self.change_ticket_once(caller, id, expected, change.clone()))
            .await
    }

    async fn change_ticket_once(
        &self,
        caller: &Caller,
        id: TicketId,
        expected: Expected,
        change: TicketChange,
    ) -> Result<Ticket> {
        let before = self.events.ticket(id).await?.ok_or(Failure::NotFound)?;
        let seats = self.events.seats(before.event).await?.ok_or(Failure::NotFound)?;
        Self::must_manage(caller, seats.organizer)?;
        expected.check(before.version)?;
        if change.event.is_some_and(|event| event != before.event) {
            return Err(Failure::field("event_id", "A ticket stays with its event."));
        }
        let after = Ticket {
            name: change.name.unwrap_or_else(|| before.name.clone()),
            price: change.price.unwrap_or(before.price),
            sales_start: change.sales_start.unwrap_or(before.sales_start),
            sales_end: change.sales_end.unwrap_or(before.sales_end),
            quota: change.quota.unwrap_or(before.quota),
            version: before.version + 1,
            ..before
        };
        check_window(&after)?;
        match self.events.change_ticket(&before, &after).await? {
            TicketWrite::Written => Ok(after),
            TicketWrite::Stale => Err(Failure::Changed),
            TicketWrite::TooFew => Err(Failure::Conflict("More tickets are taken than this quota has.")),
        }
    }

    /// Removes a ticket with its registrations: staff anybody's, organizers those of their own events. Completed
    /// payments for it become due to be refunded.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::NotAllowed`] or [`Failure::Changed`].
    pub async fn remove_ticket(&self, caller: &Caller, id: TicketId, expected: Expected) -> Result<()> {
        expected
            .settle(|| self.remove_ticket_once(caller, id, expected))
            .await
    }

    async fn remove_ticket_once(&self, caller: &Caller, id: TicketId, expected: Expected) -> Result<()> {
        let ticket = self.events.ticket(id).await?.ok_or(Failure::NotFound)?;
        let seats = self.events.seats(ticket.event).await?.ok_or(Failure::NotFound)?;
        Self::must_manage(caller, seats.organizer)?;
        expected.check(ticket.version)?;
        match self
            .events
            .remove_ticket(&ticket, &seats, self.world.now())
            .await?
        {
            TicketWrite::Written => {
                self.clear_away(Removal::Ticket(id)).await;
                Ok(())
            }
            TicketWrite::Stale | TicketWrite::TooFew => Err(Failure::Changed),
        }
    }
}
