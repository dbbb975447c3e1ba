//! Every letter, as people and their programs read it.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "what a test cannot do without fails it"
)]

mod calendars;
mod chats;
mod hostile;
mod mails;
mod samples;
mod stories;
mod words;
