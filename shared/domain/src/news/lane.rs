use super::Backoff;

/// How many pages of one notice stand in a lane at a time: each has a slot there, and leaves it to the next that can go.
///
/// Enough for one notice to use SES's whole rate, which its pages share; few enough for others to have their turn.
pub const PAGES_IN_LANE: usize = 4;

/// How many senders work on a lane at once: its concurrency in `template.yaml` (a test holds the two together).
///
/// More than one notice has pages there, so that a short notice finds a sender at once while a long one is being told.
pub const SENDERS_IN_LANE: usize = PAGES_IN_LANE + 2;

/// How many messages of one page are on their way at once: with SES answering in 50 ms, 160 a second.
///
/// Also the most people that can be told twice when a sender dies.
pub const IN_FLIGHT: usize = 8;

/// A queue of its own, so that a mailing to a million cannot hold up an outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// What people need to know now.
    Urgent,
    /// What can wait its turn.
    Bulk,
}

impl Lane {
    /// Its name in the store, logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Bulk => "bulk",
        }
    }

    /// When to try again what failed.
    #[must_use]
    pub const fn backoff(self) -> Backoff {
        match self {
            Self::Urgent => Backoff(&[5, 15, 60, 300, 900, 3600]),
            Self::Bulk => Backoff(&[60, 300, 900, 3600]),
        }
    }
}
