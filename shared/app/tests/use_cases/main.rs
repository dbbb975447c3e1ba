//! Use cases over the real store: one file per concern, a sentence per test.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what a test cannot do without fails it"
)]

mod bot;
mod brake;
mod budgets;
mod cache;
mod change_user;
mod changed_meanwhile;
mod chat_edits;
mod chat_fates;
mod chat_storm;
mod chats;
mod chats_common;
mod client_imports;
mod clients;
mod common;
mod dead_letters;
mod dying;
mod event_lists;
mod event_news;
mod events;
mod events_common;
mod failing_pages;
mod faults;
mod feedback;
mod feedback_races;
mod file_imports;
mod followers;
mod groups;
mod handing_over;
mod heartbeats;
mod holders;
mod home_checks;
mod home_news;
mod homes;
mod homes_common;
mod homes_storm;
mod late_holders;
mod lists;
mod logins;
mod lost_messages;
mod mailing_storm;
mod mailing_turns;
mod mailing_units;
mod mailings;
mod mailings_common;
mod orphans;
mod own_news;
mod pace;
mod pages;
mod passwords;
mod payments;
mod person;
mod planned_common;
mod planned_cuts;
mod planned_hearers;
mod planned_outcomes;
mod posters;
mod posters_common;
mod power_check;
mod preferences;
mod recount;
mod refunds;
mod regions;
mod reminders;
mod removals;
mod remove_user;
mod seats;
mod seats_storm;
mod sign_up;
mod sliding_starts;
mod steps;
mod stuck_pages;
mod suppressions;
mod telling;
mod text_messages;
mod throttling;
mod tickets;
mod units;
