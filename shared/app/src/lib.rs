//! What a person or a schedule can do, one use case per file: authorize, decide (domain), write (store).
//!
//! A use case is a method of the smallest thing that can do it: [`App`] for people's requests, [`power::Checker`],
//! [`telling::Planner`] and [`telling::Sender`] for the functions of those names.

pub mod events;
mod failure;
pub mod mailings;
pub mod operators;
pub mod people;
pub mod power;
pub mod replay;
mod secrets;
pub mod telegram;
pub mod telling;

use std::sync::Arc;

use kabar_courier::{
    DeadLetters, DispatchQueue, ImportQueue, Lanes, PosterBucket, ReminderQueue, RemovalQueue, UploadForms,
};
use kabar_domain::{World, events::ReminderRules};
use kabar_store::{events::Events, mailings::Mailings, notices::Notices, people::People, power::Grid};

pub use failure::{Expected, Failure, FieldError, Result};
use people::Passwords;
pub use secrets::{Known, Secrets, Unread};

/// What people's requests are served with.
#[derive(Clone)]
pub struct App {
    /// The table of people.
    pub people: People,
    /// The table of events.
    pub events: Events,
    /// Where what is to be cleared away goes.
    pub removals: RemovalQueue,
    /// Where reminders are asked for at once.
    pub reminding: ReminderQueue,
    /// The pictures of posters.
    pub posters: PosterBucket,
    /// The table of power.
    pub grid: Grid,
    /// The table of mailings.
    pub mailings: Mailings,
    /// How files of clients come.
    pub uploads: UploadForms,
    /// Where they wait to be imported.
    pub importing: ImportQueue,
    /// The table of notices.
    pub notices: Notices,
    /// Where news goes to be planned at once.
    pub dispatch: DispatchQueue,
    /// Where pages go that staff release.
    pub lanes: Lanes,
    /// What could not be done.
    pub letters: DeadLetters,
    /// How long before an event people are reminded of it, unless it says otherwise.
    pub reminders: ReminderRules,
    /// Hashes and checks passwords.
    pub passwords: Arc<Passwords>,
    /// What only this installation knows.
    pub secrets: Secrets,
    /// Who mails are from, by whose address calendars know the events that mails tell of.
    pub mail_from: String,
    /// Time and chance.
    pub world: Arc<dyn World>,
}
