//! Notices and messages, for staff.

pub(crate) mod notices;
mod views;
