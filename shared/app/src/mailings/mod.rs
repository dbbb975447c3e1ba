//! What staff do with mailings and their clients.

mod cells;
mod clients;
mod columns;
mod delimiter;
mod import;
mod sheet;

pub use cells::harmless;
pub use columns::COLUMNS;
pub use import::{Import, ImportReport, ImportRow, MOST_IN_CHUNK, RowRefused};
pub use sheet::{PlacedRow, Rows, Sheet};
