//! Events, tickets, registrations and payments.

mod event_body;
mod event_view;
pub(crate) mod events;
pub(crate) mod payments;
mod read;
pub(crate) mod registrations;
pub(crate) mod tickets;
