//! The table of events: events and where they are found, tickets, seats, registrations, payments, posters, what is
//! cached of them, and what is being cleared away.

mod cache;
mod changes;
mod entries;
mod event;
mod hand_over;
mod holdings;
mod items;
mod ledger;
mod orphans;
mod payments;
mod poster_item;
mod posters;
mod recount;
mod registrations;
mod reminders;
mod removals;
mod seats;
mod tickets;

pub use cache::Source;
pub use changes::EventWrite;
pub use holdings::Holdings;
pub use ledger::Whose;
pub use orphans::OrphanSweep;
pub use posters::PosterWrite;
pub use registrations::{Cancelled, Seated};
pub use removals::Begun;
pub use tickets::TicketWrite;

use crate::{Db, Table};

/// The table of events.
#[derive(Clone)]
pub struct Events(Db);

impl From<Table> for Events {
    fn from(Table(db): Table) -> Self {
        Self(db)
    }
}
