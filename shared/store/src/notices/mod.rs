//! The table of notices: what was to be told to whom, its pages, and what became of each message.

mod claims;
mod closes;
mod facts;
mod items;
mod messages;
mod pages;
mod plans;
mod story;
mod tasks;
mod telling;
mod told;

pub use claims::Claim;
pub use messages::{Message, Outcome};
pub use plans::Planned;
pub use tasks::Task;
pub use telling::Telling;
pub use told::Told;

use crate::{Db, Table};

/// The table of notices.
#[derive(Clone)]
pub struct Notices(Db);

impl From<Table> for Notices {
    fn from(Table(db): Table) -> Self {
        Self(db)
    }
}
