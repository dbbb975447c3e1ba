//! Journeys through the deployed template, each on a local cloud of its own: from an HTTPS call to a mail that a
//! person can read, or a picture that they can see.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what fails here fails the test"
)]

mod browser;
mod client;
mod console_desk;
mod console_looks;
mod console_mailing;
mod console_quiet;
mod console_work;
mod contract;
mod contract_sales;
mod crowd;
mod dead_letters;
mod deaths;
mod feedback;
mod file_imports;
mod first_light;
mod looks_forms;
mod looks_site;
mod mailings;
mod people;
mod posters;
mod stack;
mod status_pages;
mod storm;
mod telegram;
mod tickets;
