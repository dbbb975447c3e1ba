//! Telegram: who is told there, how people connect their chats, and what the bot answers.

mod account;
mod answers;
mod bot;
mod followed_here;
mod link;
mod subscribers;

pub use account::BotAccount;
pub use bot::{Heard, Message};
pub use link::NewLink;
pub use subscribers::{ChatChange, NewTest, add_chat, remove_chat, test_chat};
