//! What the functions that send pages have in common.

mod batch;
mod report;

pub use batch::send;
