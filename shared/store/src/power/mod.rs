//! The table of power: regions, their followers, their outages, and the chats in Telegram that are told.

mod changes;
mod chat_audience;
mod chat_links;
mod chats;
mod copies;
mod followers;
mod items;
mod outages;
mod regions;
mod removal;

pub use changes::Checked;
pub use chat_links::{ChatLink, Connection};
pub use chats::Chat;
pub use followers::{Followed, FollowerRow, Stretch};
pub use outages::OutageFilter;
pub use regions::RegionWrite;

use crate::{Db, Table};

/// The table of power.
#[derive(Clone)]
pub struct Grid(Db);

impl From<Table> for Grid {
    fn from(Table(db): Table) -> Self {
        Self(db)
    }
}
