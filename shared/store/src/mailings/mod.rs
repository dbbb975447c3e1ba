//! The table of mailings, and of the clients whom they go to.

mod audience;
mod clients;
mod imports;
mod items;
mod list;
mod mailing;
mod mailing_item;
mod trials;

pub use audience::{AudiencePart, AudienceRow, Stretch};
pub use clients::ClientWrite;
pub use imports::{ClientImport, RefusedRow};

use crate::{Db, Table};

/// The table of mailings.
#[derive(Clone)]
pub struct Mailings(Db);

impl From<Table> for Mailings {
    fn from(Table(db): Table) -> Self {
        Self(db)
    }
}
