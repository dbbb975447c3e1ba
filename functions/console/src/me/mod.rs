//! Pages of a person's own.

mod account;
mod leaving;
mod messages;
mod page;
mod preferences;
mod tickets;

pub(crate) use account::{change, connect, export, join};
pub(crate) use leaving::{ask_to_delete, delete, leave_everywhere};
pub(crate) use messages::{message, messages, messages_csv};
pub(crate) use page::mine;
pub(crate) use preferences::prefer;
pub(crate) use tickets::tickets;
