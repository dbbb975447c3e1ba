//! Notices and messages, what staff have sent, whom not to mail, and the brake, for staff; and for everybody the page
//! behind a link in a mail.

pub(crate) mod brake;
pub(crate) mod notices;
mod page;
mod page_words;
pub(crate) mod suppressions;
pub(crate) mod tasks;
pub(crate) mod unsubscribe;
pub(crate) mod views;
