//! Telegram: the chats that are told there, and why some are not any more.

mod chat_id;
mod command;
mod inactive;
mod subscriber;

pub use chat_id::ChatId;
pub use command::Command;
pub use inactive::Inactive;
pub use subscriber::{CHAT_TITLE_MAX, Coverage, MOST_COVERED, Subscriber};
