//! The table of power: regions and homes, their followers and members, their outages and planned cuts, and the chats in Telegram that are
//! told.

mod awaiting;
mod beat_items;
mod beats;
mod canary;
mod changes;
mod chat_audience;
mod chat_links;
mod chats;
mod copies;
mod detector_items;
mod devices;
mod followers;
mod hearers;
mod history;
mod history_items;
mod home_checks;
mod home_items;
mod home_lists;
mod home_turn;
mod home_writes;
mod homes;
mod intake;
mod items;
mod kept;
mod memberships;
mod outages;
mod past;
mod plan_writes;
mod planned_item;
mod plans;
mod probes;
mod regions;
mod removal;

pub use beats::{Beaten, Key as BeatKey};
pub use changes::{Checked, Due};
pub use chat_links::{ChatLink, Connection};
pub use chats::Chat;
pub use followers::{Followed, FollowerRow, Stretch};
pub use history::{Range, Turned};
pub use home_turn::{HomeTurn, Opened, Told};
pub use homes::{Beats, HomeRead, HomeWrite};
pub(crate) use items::place;
pub use outages::OutageFilter;
pub use plan_writes::PlanPart;
pub use plans::{PlannedFilter, PlannedKey};
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
