//! The table of people: users with their sessions, groups, answers given to idempotency keys, and requests
//! for new passwords.

mod answers;
mod groups;
mod items;
mod members;
mod resets;
mod sessions;
mod users;

pub use answers::{Answer, Begun, StoredAnswer};
pub use members::Assigned;
pub use resets::{Reset, ResetRequest, Resets};
pub use sessions::Session;
pub use users::{Account, Taken};

use crate::{Db, Table};

/// The table of people.
#[derive(Clone)]
pub struct People(Db);

impl From<Table> for People {
    fn from(Table(db): Table) -> Self {
        Self(db)
    }
}
