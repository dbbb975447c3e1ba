//! The table of notices: what was to be told to whom, its pages, what became of each message, and which addresses get
//! no more of what.

mod answers;
mod beside;
mod brake;
mod breakdowns;
mod claims;
mod facts;
mod hear;
mod items;
mod ledger;
mod line;
mod message_list;
mod messages;
mod own_messages;
mod pace;
mod page_record;
mod pages;
mod plans;
mod reputation;
mod rewrites;
mod soft_bounces;
mod standing;
mod story;
mod suppressions;
mod tasks;
mod telling;
mod told;
mod turn_ends;

pub use claims::Claim;
pub use hear::Heard;
pub use messages::{About, Message, Outcome};
pub use own_messages::OwnMessage;
pub use page_record::PageRecord;
pub use pages::PlannedPage;
pub use plans::Planned;
pub use soft_bounces::Bounced;
pub use standing::PageStanding;
pub use tasks::Task;
pub use telling::Telling;
pub use told::Told;
pub use turn_ends::{Left, TurnEnd};

use crate::{Db, Table};

/// The table of notices.
#[derive(Clone)]
pub struct Notices(Db);

impl From<Table> for Notices {
    fn from(Table(db): Table) -> Self {
        Self(db)
    }
}
