//! The table of people: users with their sessions, groups, logins that failed, requests for new passwords, and answers
//! given to idempotency keys.

mod answers;
mod changes;
mod groups;
mod items;
mod members;
mod preferences;
mod removal;
mod resets;
mod sessions;
mod tries;
mod users;

pub use answers::{Answer, Begun, StoredAnswer};
pub use changes::{NewPassword, UserWrite};
pub use members::Assigned;
pub use removal::UserRemoval;
pub use resets::{Reset, ResetRequest, Resets};
pub use sessions::Session;
pub use tries::Try;
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
