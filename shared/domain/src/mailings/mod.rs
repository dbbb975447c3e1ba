//! Mailings, and the clients that they go to.

mod client;
mod local_time;
mod operator_code;
mod phone;
mod tag;
mod terms;
mod window;

pub use client::{Client, ClientChange, NewClient};
pub use local_time::LocalTime;
pub use operator_code::OperatorCode;
pub use phone::Phone;
pub use tag::Tag;
pub use terms::{Audience, ClientFilter, ClientTerm};
pub use window::LocalWindow;
