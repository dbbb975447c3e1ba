//! Notices, messages and what staff have sent, for staff.

pub(crate) mod notices;
pub(crate) mod tasks;
mod views;
