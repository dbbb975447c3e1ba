//! What staff do with mailings and their clients.

mod clients;
mod import;
mod mailing;
mod messages;
mod orders;
mod reach;
mod statistics;
mod trial;

pub use import::{Import, ImportReport, ImportRow, MOST_IN_CHUNK, RowRefused};
pub use mailing::Mailed;
pub use messages::{MailedMessage, MessagePlace};
pub use reach::Reach;
pub use statistics::Statistics;
