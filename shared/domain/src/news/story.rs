use jiff::{SignedDuration, Timestamp};

use super::Lane;
use crate::{Zone, power::OutageKey};

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
}

/// The kind of a piece of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A region lost power.
    Outage,
    /// It has power again.
    Restored,
}

impl Kind {
    /// Every kind, so that tests can hold each of them to something.
    pub const ALL: [Self; 2] = [Self::Outage, Self::Restored];

    /// Its name in JSON, the store, metrics, and the folder of its words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Restored => "restored",
        }
    }

    /// The lane it takes.
    #[must_use]
    pub const fn lane(self) -> Lane {
        match self {
            Self::Outage | Self::Restored => Lane::Urgent,
        }
    }

    /// For how long it is still news. After six hours everybody in the dark has noticed.
    #[must_use]
    pub const fn lifetime(self) -> SignedDuration {
        match self {
            Self::Outage | Self::Restored => SignedDuration::from_hours(6),
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
        }
    }
}
