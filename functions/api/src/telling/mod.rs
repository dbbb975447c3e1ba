//! Notices and messages, what staff have sent, whom not to mail, and the brake, for staff; what they were told, for
//! those who were; and for everybody the pages behind the links in a mail.

pub(crate) mod brake;
mod cause_view;
mod letter_page;
mod letter_words;
pub(crate) mod linked_letter;
pub(crate) mod message_in_full;
pub(crate) mod notices;
pub(crate) mod own_copy;
pub(crate) mod own_messages;
mod page;
mod page_words;
pub(crate) mod suppressions;
pub(crate) mod tasks;
pub(crate) mod unsubscribe;
pub(crate) mod views;
