//! What staff do with mailings and their clients.

mod clients;
mod import;

pub use import::{Import, ImportReport, ImportRow, MOST_IN_CHUNK, RowRefused};
