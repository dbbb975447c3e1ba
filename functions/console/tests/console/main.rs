//! The pages over the real store, in process.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod badges;
mod browser;
mod common;
mod composing;
mod feed;
mod imports;
mod languages;
mod mailings;
mod others;
mod overview;
mod own_pages;
mod region_page;
mod sale;
mod visitor;
