use jiff::{SignedDuration, Timestamp};

/// The time over which what came back is counted.
pub const REPUTATION_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// What came back of how many mails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reputation {
    /// Mails of which it is known what became of them.
    pub answered: u32,
    /// Those that bounced hard. SES's bounce rate counts no others.
    pub bounced: u32,
    /// Those that were called spam.
    pub complained: u32,
}

/// The hour of the clock that this time is in, by its first moment: what came back is counted by hours.
#[must_use]
pub fn hour_of(at: Timestamp) -> Timestamp {
    let since = at.as_second().rem_euclid(3600);
    Timestamp::from_second(at.as_second() - since).unwrap_or(at)
}
