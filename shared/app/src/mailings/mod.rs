//! What staff do with mailings and their clients.

mod cells;
mod clients;
mod columns;
mod delimiter;
mod import;
mod importer;
mod imports;
mod mailing;
mod messages;
mod orders;
mod preview;
mod reach;
mod sheet;
mod statistics;
mod steps;
mod trial;

pub use cells::harmless;
pub use columns::COLUMNS;
pub use delimiter::delimiter;
pub use import::{Import, ImportReport, ImportRow, MOST_IN_CHUNK, RowRefused};
pub use importer::{Importer, MOST_FILE_ROWS};
pub use imports::MOST_FILE_BYTES;
pub use mailing::Mailed;
pub use messages::{MailedMessage, MessagePlace};
pub use preview::{Preview, Previewed};
pub use reach::Reach;
pub use sheet::{PlacedRow, Rows, Sheet};
pub use statistics::Statistics;
