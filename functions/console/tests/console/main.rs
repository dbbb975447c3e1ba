//! The pages over the real store, in process.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod badges;
mod common;
mod composing;
mod feed;
mod imports;
mod languages;
mod mailings;
mod operations;
mod others;
mod overview;
mod region_page;
mod visitor;
