//! Every key of every item: what an item is found by, and which indices it stands in. One file per table.

mod due;
mod events;
mod history;
mod homes;
mod mailings;
mod notices;
mod people;
mod power;
mod telegram;

pub(crate) use due::*;
pub(crate) use events::*;
pub(crate) use history::*;
pub(crate) use homes::*;
pub(crate) use mailings::*;
pub(crate) use notices::*;
pub(crate) use people::*;
pub(crate) use power::*;
pub(crate) use telegram::*;

/// The index that lists things of a kind, newest first.
pub(crate) const LIST: &str = "list";
/// The index of what has to be looked at by a time, spread over [`DUE_SHARDS`].
pub(crate) const DUE: &str = "due";
/// A sweep asks each shard once; four of them take 4,000 writes a second.
pub const DUE_SHARDS: u8 = 4;

/// The primary key of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

fn key(pk: String, sk: impl Into<String>) -> Key {
    Key { pk, sk: sk.into() }
}

/// No item has this key.
pub(crate) fn nothing() -> Key {
    key("nothing".to_owned(), "nothing")
}
