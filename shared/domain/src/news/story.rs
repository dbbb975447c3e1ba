use jiff::{SignedDuration, Timestamp};

use super::Lane;
use crate::{
    Zone,
    ids::{EventId, RegistrationId, UserId},
    people::RESET_LIFETIME,
    power::OutageKey,
};

/// What happened, with all that its words need. Facts are as they were when it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A region lost power.
    Outage {
        /// The cut.
        outage: OutageKey,
        /// What people call the region.
        region: String,
        /// Where the region's clocks stand.
        zone: Zone,
    },
    /// It has power again.
    Restored {
        /// The cut that is over.
        outage: OutageKey,
        /// When it ended.
        ended_at: Timestamp,
        /// What people call the region.
        region: String,
        /// Where the region's clocks stand.
        zone: Zone,
    },
    /// Somebody asked for a new password. The code for it is drawn by the sender, so that no notice has it.
    PasswordReset {
        /// For whose account.
        user: UserId,
        /// When.
        requested_at: Timestamp,
    },
    /// A person is registered for an event.
    Registered {
        /// Their seat.
        registration: RegistrationId,
        /// The event.
        event: EventFacts,
        /// What the ticket is called.
        ticket: String,
        /// Since when.
        registered_at: Timestamp,
    },
}

/// An event as news tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFacts {
    /// Which.
    pub id: EventId,
    /// What it is called.
    pub name: String,
    /// When it starts.
    pub starts_at: Timestamp,
    /// Where it is; perhaps empty.
    pub location: String,
    /// Where its clocks stand.
    pub zone: Zone,
}

/// The kind of a piece of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A region lost power.
    Outage,
    /// It has power again.
    Restored,
    /// Somebody asked for a new password.
    PasswordReset,
    /// A person is registered for an event.
    Registration,
}

impl Kind {
    /// Every kind, so that tests can hold each of them to something.
    pub const ALL: [Self; 4] = [
        Self::Outage,
        Self::Restored,
        Self::PasswordReset,
        Self::Registration,
    ];

    /// Its name in JSON, the store, metrics, and the folder of its words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Restored => "restored",
            Self::PasswordReset => "password_reset",
            Self::Registration => "registration",
        }
    }

    /// The lane it takes.
    #[must_use]
    pub const fn lane(self) -> Lane {
        match self {
            Self::Outage | Self::Restored | Self::PasswordReset | Self::Registration => Lane::Urgent,
        }
    }

    /// For how long it is still news. After six hours everybody in the dark has noticed; a code for a new password is
    /// no news when it is no longer good; whoever has a seat may want to know of it for a day.
    #[must_use]
    pub const fn lifetime(self) -> SignedDuration {
        match self {
            Self::Outage | Self::Restored => SignedDuration::from_hours(6),
            Self::PasswordReset => RESET_LIFETIME,
            Self::Registration => SignedDuration::from_hours(24),
        }
    }
}

impl News {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Outage { .. } => Kind::Outage,
            Self::Restored { .. } => Kind::Restored,
            Self::PasswordReset { .. } => Kind::PasswordReset,
            Self::Registered { .. } => Kind::Registration,
        }
    }
}
