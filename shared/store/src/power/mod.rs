//! The table of power: regions, their followers, and their outages.

mod changes;
mod copies;
mod followers;
mod items;
mod outages;
mod regions;
mod removal;

pub use changes::Checked;
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
