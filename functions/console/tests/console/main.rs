//! The pages over the real store, in process.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod badges;
mod browser;
mod common;
mod feed;
mod follow;
mod languages;
mod others;
mod own_pages;
mod region_page;
mod sale;
mod why;
