//! The pages over the real store, in process.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

mod badges;
mod common;
mod doors;
mod feed;
mod hostile;
mod html;
mod languages;
mod once;
mod others;
mod region_page;
mod sessions;
mod site;
mod theirs;
