//! Mailings, and the clients that they go to.

mod client;
mod import_status;
mod operator_code;
mod phone;
mod tag;
mod terms;

pub use client::{Client, ClientChange, NewClient};
pub use import_status::ImportStatus;
pub use operator_code::OperatorCode;
pub use phone::Phone;
pub use tag::Tag;
pub use terms::{Audience, ClientFilter, ClientTerm};
