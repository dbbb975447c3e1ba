use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use kabar_domain::{
    events::{Event, NoSeat, Registration},
    ids::{RegistrationId, TicketId, UserId},
    people::Caller,
};
use kabar_store::events::Seated;

use super::{manages, news};
use crate::{App, Expected, Failure, Result};

/// A wish for a seat.
#[derive(Clone, Copy, Debug)]
pub struct NewRegistration {
    /// By which ticket.
    pub ticket: TicketId,
    /// For whom; the caller unless said.
    pub user: Option<UserId>,
}

pub(super) fn no_ticket() -> Failure {
    Failure::field("ticket_id", "There is no such ticket.")
}

pub(super) fn no_user() -> Failure {
    Failure::field("user_id", "There is no such user.")
}

/// The sentence to somebody for whom there is no seat.
pub(super) fn no_seat(why: NoSeat) -> Failure {
    match why {
        NoSeat::Gone => no_ticket(),
        NoSeat::Cancelled => Failure::Conflict("The event is cancelled."),
        NoSeat::Completed => Failure::Conflict("The event is over."),
        NoSeat::TooEarly => Failure::Conflict("This ticket is not on sale yet."),
        NoSeat::TooLate => Failure::Conflict("This ticket is no longer on sale."),
        NoSeat::TicketSoldOut => Failure::Conflict("This ticket is sold out."),
        NoSeat::EventSoldOut => Failure::Conflict("The event is sold out."),
    }
}

impl App {
    /// Registers somebody by a ticket: the caller, or at the box office (staff, and the event's organizer) anybody. They
    /// are told.
    /// Two reads and a transaction; a seat that is not there is refused by the transaction itself.
    ///
    /// # Errors
    /// [`Failure::NotAllowed`] for others' sake; [`Failure::Invalid`] when ticket or person do not exist;
    /// [`Failure::Conflict`] when there is no seat, it is not the time, or they hold one already.
    pub async fn register(&self, caller: &Caller, new: NewRegistration) -> Result<Registration> {
        let registered_at = self.world.now();
        let id = RegistrationId::new(&*self.world);
        let was_refused = AtomicBool::new(false);
        let try_once = || async {
            let ticket = self.events.ticket(new.ticket).await?.ok_or_else(no_ticket)?;
            let event = self.events.event(ticket.event).await?.ok_or_else(no_ticket)?;
            let user = new.user.unwrap_or(caller.user);
            let is_box_office = user != caller.user;
            if is_box_office {
                if !manages(caller, event.organizer) {
                    return Err(Failure::NotAllowed);
                }
                self.people.account(user).await?.ok_or_else(no_user)?;
            }
            let reminded =
                if was_refused.load(Ordering::Relaxed) || self.may_be_reminded(&event, registered_at) {
                    self.events.seats(event.id).await?.ok_or_else(no_ticket)?.reminded
                } else {
                    None
                };
            let registration = Registration {
                id,
                user,
                ticket: ticket.id,
                event: event.id,
                organizer: event.organizer,
                registered_at,
                reminded,
                news: None,
                version: 1,
            };
            let mut told = vec![news::registered(&*self.world, &registration, &event, &ticket)];
            if reminded.is_some() && registered_at < event.start {
                told.push(news::late_reminder(&*self.world, &registration, &event));
            }
            let within = (!is_box_office).then_some(registered_at);
            let seated = self.events.register(&registration, within, &self.notices, &told);
            match seated.await? {
                Seated::Now(registration) => {
                    for notice in &told {
                        self.plan_soon(notice).await;
                    }
                    Ok(registration)
                }
                Seated::Before(held) if held.id == id => Ok(held),
                Seated::Before(_) => Err(Failure::Conflict(
                    "There is a registration for this ticket and person.",
                )),
                Seated::No => {
                    was_refused.store(true, Ordering::Relaxed);
                    let seats = self.events.seats(event.id).await?.ok_or_else(no_ticket)?;
                    let why = seats.refusal(ticket.id, registered_at, is_box_office);
                    Err(why.map_or(Failure::Changed, no_seat))
                }
            }
        };
        match Expected::Any.settle(try_once).await {
            // A seat came and went each time that somebody looked.
            Err(Failure::Changed) => Err(no_seat(NoSeat::TicketSoldOut)),
            settled => settled,
        }
    }

    /// Whether an event may have been reminded of for the last time, so that its seats have to be asked. Long before,
    /// they need not be: that they know of no reminder is a condition of the transaction.
    fn may_be_reminded(&self, event: &Event, now: Timestamp) -> bool {
        let rules = event.reminders.as_ref().unwrap_or(&self.reminders);
        let last = rules.offsets().last();
        last.is_some_and(|offset| event.start.duration_since(now) <= *offset)
    }
}
