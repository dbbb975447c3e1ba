//! Events, tickets, registrations, payments and posters.

mod calendar;
mod change_event;
mod change_registration;
mod event;
mod hand_over;
mod news;
mod orphans;
mod payments;
mod posters;
mod recount;
mod register;
mod registrations;
mod reminder;
mod remover;
mod tasks;
mod tickets;

pub use change_event::EventChange;
pub use change_registration::RegistrationChange;
pub use event::NewEvent;
pub use payments::{NewPayment, PaymentChange};
pub use posters::NewPoster;
pub use recount::{SeatCount, count_seats, repair_seats};
pub use register::NewRegistration;
pub use registrations::RegistrationFilter;
pub use reminder::{Reminder, ReminderReport};
pub use remover::{RemovalReport, Remover};
pub use tasks::TaskCounts;
pub use tickets::{NewTicket, TicketChange};

use kabar_domain::{
    ids::UserId,
    people::{Caller, Role},
};

use crate::{App, Failure, Result};

/// Whether somebody looks after the events of this organizer.
fn manages(caller: &Caller, organizer: UserId) -> bool {
    caller.is_staff() || (caller.is(Role::Organizer) && caller.user == organizer)
}

impl App {
    /// Has what hangs on something that was removed cleared away now. A queue that does not take it only makes it
    /// later: the sweep finds it.
    pub(crate) async fn clear_away(&self, removal: kabar_domain::events::Removal) {
        let _ = self
            .removals
            .put(kabar_courier::RemovalWork::Clear(removal))
            .await;
    }

    /// Refuses who does not look after an organizer's events.
    fn must_manage(caller: &Caller, organizer: UserId) -> Result<()> {
        if manages(caller, organizer) {
            Ok(())
        } else {
            Err(Failure::NotAllowed)
        }
    }
}
