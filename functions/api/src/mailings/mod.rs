//! Clients, and what is sent to many of them.

pub(crate) mod audience;
mod client_view;
pub(crate) mod clients;
mod cost_view;
pub(crate) mod export;
mod file_view;
pub(crate) mod files;
mod filter_schema;
pub(crate) mod import;
pub(crate) mod mailing;
mod mailing_body;
pub(crate) mod mailing_messages;
pub(crate) mod mailing_orders;
pub(crate) mod mailing_stats;
mod mailing_view;
pub(crate) mod preview;
