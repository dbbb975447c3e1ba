//! The table of notices: what was to be told to whom, its pages, and what became of each message.

mod claims;
mod items;
mod messages;
mod notices;
mod pages;
mod plans;

pub use claims::Claim;
pub use messages::{Message, Outcome};
pub use notices::Told;
pub use plans::Planned;

use crate::{Db, Table};

/// The table of notices.
#[derive(Clone)]
pub struct Notices(Db);

impl From<Table> for Notices {
    fn from(Table(db): Table) -> Self {
        Self(db)
    }
}
