//! The API over the real store, in process: URL-shaped, with the problems and the news that requests cause.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod access;
mod bad_input;
mod client_imports;
mod clients;
mod dead_letters;
mod detectors;
mod document;
mod events;
mod examples;
mod file_imports;
mod followers;
mod frame;
mod history;
mod homes;
mod mailings;
mod outages;
mod own_export;
mod own_messages;
mod passwords;
mod people;
mod planned_calendars;
mod planned_cuts;
mod posters;
mod power;
mod preferences;
mod previews;
mod probe_errors;
mod queues;
mod sales;
mod site;
mod stuck_pages;
mod suppressions;
mod telegram;
mod telling;
mod unsubscribe;
