//! The pages over the real store, in process.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

mod badges;
mod browser;
mod common;
mod composing;
mod doors;
mod feed;
mod follow;
mod forms;
mod held;
mod hostile;
mod html;
mod imports;
mod languages;
mod mailings;
mod offers;
mod once;
mod operations;
mod orders;
mod others;
mod overview;
mod own_pages;
mod past;
mod people;
mod region_page;
mod requests;
mod sale;
mod sessions;
mod shown;
mod site;
mod theirs;
mod why;
