use jiff::SignedDuration;

use super::{Lane, Topic};
use crate::people::RESET_LIFETIME;

/// The kind of a piece of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A region lost power.
    Outage,
    /// It has power again.
    Restored,
    /// A home lost power, or fell silent.
    HomeOutage,
    /// It has power again, or is heard again.
    HomeRestored,
    /// A region's power is about to be cut, as planned.
    PlannedCut,
    /// A cut of which people were told comes at another time, or does not come.
    PlannedCutChanged,
    /// Somebody asked for a new password.
    PasswordReset,
    /// A person is registered for an event.
    Registration,
    /// A registration is by another ticket.
    RegistrationChanged,
    /// A person is no longer registered.
    RegistrationCancelled,
    /// A person has paid.
    Payment,
    /// An event is at another time or place, will not be, or will be after all.
    EventChanged,
    /// An event is about to start.
    Reminder,
    /// What an operator has to say to many.
    Mailing,
    /// Whether words get there at all.
    Test,
}

impl Kind {
    /// Every kind, so that tests can hold each of them to something.
    pub const ALL: [Self; 15] = [
        Self::Outage,
        Self::Restored,
        Self::HomeOutage,
        Self::HomeRestored,
        Self::PlannedCut,
        Self::PlannedCutChanged,
        Self::PasswordReset,
        Self::Registration,
        Self::RegistrationChanged,
        Self::RegistrationCancelled,
        Self::Payment,
        Self::EventChanged,
        Self::Reminder,
        Self::Mailing,
        Self::Test,
    ];

    /// Its name in JSON, the store, metrics, and the folder of its words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Restored => "restored",
            Self::HomeOutage => "home_outage",
            Self::HomeRestored => "home_restored",
            Self::PlannedCut => "planned_cut",
            Self::PlannedCutChanged => "planned_cut_changed",
            Self::PasswordReset => "password_reset",
            Self::Registration => "registration",
            Self::RegistrationChanged => "registration_changed",
            Self::RegistrationCancelled => "registration_cancelled",
            Self::Payment => "payment",
            Self::EventChanged => "event_changed",
            Self::Reminder => "reminder",
            Self::Mailing => "mailing",
            Self::Test => "test",
        }
    }

    /// The lane it takes.
    #[must_use]
    pub const fn lane(self) -> Lane {
        match self {
            Self::Outage
            | Self::Restored
            | Self::HomeOutage
            | Self::HomeRestored
            | Self::PlannedCut
            | Self::PlannedCutChanged
            | Self::PasswordReset
            | Self::Registration
            | Self::RegistrationChanged
            | Self::RegistrationCancelled
            | Self::Payment
            | Self::EventChanged
            | Self::Reminder
            | Self::Test => Lane::Urgent,
            Self::Mailing => Lane::Bulk,
        }
    }

    /// What its readers can ask to be told no more; nothing for what they asked for by what they did.
    #[must_use]
    pub const fn topic(self) -> Option<Topic> {
        match self {
            Self::Outage
            | Self::Restored
            | Self::HomeOutage
            | Self::HomeRestored
            | Self::PlannedCut
            | Self::PlannedCutChanged => Some(Topic::Outages),
            Self::Reminder => Some(Topic::Reminders),
            Self::Mailing => Some(Topic::Mailings),
            Self::PasswordReset
            | Self::Registration
            | Self::RegistrationChanged
            | Self::RegistrationCancelled
            | Self::Payment
            | Self::EventChanged
            | Self::Test => None,
        }
    }

    /// Whether its mail has a link by which its reader, or whoever they hand it to, reads it again: not where it carries
    /// a secret. A test goes to chats only.
    #[must_use]
    pub const fn has_link(self) -> bool {
        match self {
            Self::Outage
            | Self::Restored
            | Self::HomeOutage
            | Self::HomeRestored
            | Self::PlannedCut
            | Self::PlannedCutChanged
            | Self::Registration
            | Self::RegistrationChanged
            | Self::RegistrationCancelled
            | Self::Payment
            | Self::EventChanged
            | Self::Reminder
            | Self::Mailing => true,
            Self::PasswordReset | Self::Test => false,
        }
    }

    /// For how long it is still news, unless its notice says otherwise. After six hours everybody in the dark has
    /// noticed; a code for a new password is no news when it is no longer good; what became of their ticket, people
    /// may want to know for a day.
    #[must_use]
    pub const fn lifetime(self) -> SignedDuration {
        match self {
            Self::Outage
            | Self::Restored
            | Self::HomeOutage
            | Self::HomeRestored
            | Self::PlannedCut
            | Self::PlannedCutChanged => SignedDuration::from_hours(6),
            // Whoever tests waits for it.
            Self::Test => SignedDuration::from_mins(10),
            Self::PasswordReset => RESET_LIFETIME,
            Self::Registration
            | Self::RegistrationChanged
            | Self::RegistrationCancelled
            | Self::Payment
            | Self::EventChanged
            | Self::Reminder
            | Self::Mailing => SignedDuration::from_hours(24),
        }
    }
}
