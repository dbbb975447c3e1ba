//! Events, tickets, registrations and payments.

pub(crate) mod event;
mod event_body;
mod event_view;
pub(crate) mod payments;
mod read;
pub(crate) mod registrations;
pub(crate) mod tickets;
