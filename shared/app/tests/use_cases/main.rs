//! Use cases over the real store: one file per concern, a sentence per test.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what a test cannot do without fails it"
)]

mod budgets;
mod change_user;
mod changed_meanwhile;
mod common;
mod dying;
mod faults;
mod followers;
mod groups;
mod lists;
mod logins;
mod lost_messages;
mod pages;
mod passwords;
mod person;
mod power_check;
mod regions;
mod sign_up;
mod steps;
mod telling;
mod throttling;
