//! Use cases over the real store: one file per concern, a sentence per test.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what a test cannot do without fails it"
)]

mod budgets;
mod changed_meanwhile;
mod common;
mod dying;
mod events_common;
mod faults;
mod groups;
mod handing_over;
mod lists;
mod logins;
mod lost_messages;
mod pages;
mod power_check;
mod regions;
mod removals;
mod seats;
mod seats_storm;
mod sign_up;
mod steps;
mod telling;
