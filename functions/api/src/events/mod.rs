//! Events, tickets, registrations, payments and posters.

pub(crate) mod calendar;
pub(crate) mod event;
mod event_body;
mod event_order;
mod event_view;
pub(crate) mod payments;
mod poster_form;
mod poster_view;
pub(crate) mod posters;
mod read;
pub(crate) mod registrations;
pub(crate) mod tickets;
