//! Clients, and what is sent to many of them.

mod client_view;
pub(crate) mod clients;
pub(crate) mod export;
mod file_view;
pub(crate) mod files;
pub(crate) mod import;
