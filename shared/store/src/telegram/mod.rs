//! Chats in Telegram, as far as they have keys of their own; they lie in the table of power.

pub(crate) mod keys;
