use std::collections::BTreeMap;

use kabar_domain::{
    events::Seats,
    ids::{EventId, TicketId},
};
use kabar_store::events::Events;

use crate::{Failure, Result, failure::MOST_TRIES};

/// The seats of an event beside the registrations that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatCount {
    /// What sales go by.
    pub seats: Seats,
    /// Registrations by each ticket that the event has.
    pub held: BTreeMap<TicketId, u32>,
}

impl SeatCount {
    /// All registrations.
    #[must_use]
    pub fn registrations(&self) -> u32 {
        self.held.values().sum()
    }

    /// Whether there is a registration for each seat that is taken, by each ticket.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        let of = |ticket| self.held.get(ticket).copied().unwrap_or_default();
        let mut tickets = self.seats.tickets.iter();
        tickets.all(|(ticket, stock)| stock.taken == of(ticket)) && self.seats.taken == self.registrations()
    }
}

/// Counts the registrations of an event beside its seats. Sales go on meanwhile: what changed while it was counted is
/// counted again, and what does not agree is believed when it does so twice. `None`: there is no such event.
///
/// # Errors
/// [`Failure::Changed`] when seats change too fast to be counted.
pub async fn count_seats(events: &Events, event: EventId) -> Result<Option<SeatCount>> {
    let mut doubt = None;
    for _ in 0..=MOST_TRIES {
        let Some(before) = events.seats(event).await? else {
            return Ok(None);
        };
        let mut held = events.held_by_ticket(event).await?;
        // Those by a ticket that is gone are being cleared away, and have no seats.
        held.retain(|ticket, _| before.tickets.contains_key(ticket));
        let Some(seats) = events.seats(event).await? else {
            return Ok(None);
        };
        let count = SeatCount { seats, held };
        if count.seats != before {
            continue;
        }
        if count.is_balanced() || doubt.as_ref() == Some(&count) {
            return Ok(Some(count));
        }
        doubt = Some(count);
    }
    Err(Failure::Changed)
}

/// Has as many seats taken as there are registrations.
///
/// # Errors
/// [`Failure::Changed`] when the seats are no longer as they were counted; nothing is written then.
pub async fn repair_seats(events: &Events, count: &SeatCount) -> Result<()> {
    if events.repair_seats(&count.seats, &count.held).await? {
        Ok(())
    } else {
        Err(Failure::Changed)
    }
}
