//! What staff do with mailings and their clients.

mod clients;
mod import;
mod mailing;
mod orders;
mod reach;
mod trial;

pub use import::{Import, ImportReport, ImportRow, MOST_IN_CHUNK, RowRefused};
pub use mailing::Mailed;
pub use reach::Reach;
