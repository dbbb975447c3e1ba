//! Telegram: who is told there, and what is said to the bot.

pub(crate) mod link;
mod subscriber_body;
pub(crate) mod subscriber_view;
pub(crate) mod subscribers;
pub(crate) mod webhook;
