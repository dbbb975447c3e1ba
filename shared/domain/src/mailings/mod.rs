//! Mailings, and the clients that they go to.

mod breakdown;
mod client;
mod cost;
mod field;
mod import_status;
mod local_time;
mod mailing;
mod mailing_status;
mod operator_code;
mod phone;
mod tag;
mod terms;
mod window;
mod wording;

pub use breakdown::{Breakdown, TAGS_COUNTED};
pub use client::{Client, ClientChange, NewClient};
pub use cost::Cost;
pub use field::Field;
pub use import_status::ImportStatus;
pub use local_time::LocalTime;
pub use mailing::{Mailing, MailingChange, MailingSays, Order};
pub use mailing_status::MailingStatus;
pub use operator_code::OperatorCode;
pub use phone::Phone;
pub use tag::Tag;
pub use terms::{Audience, ClientFilter, ClientTerm};
pub use window::LocalWindow;
pub use wording::Wording;
