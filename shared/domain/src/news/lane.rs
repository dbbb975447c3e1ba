use super::Backoff;
use crate::Invalid;

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
    /// What goes to phones, as fast as the gateway takes it.
    Sms,
    /// What goes to chats in Telegram, as fast as a bot may write.
    Telegram,
}

impl Lane {
    /// Every lane, the urgent one first.
    pub const ALL: [Self; 4] = [Self::Urgent, Self::Bulk, Self::Sms, Self::Telegram];

    /// Its name in the store, logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Bulk => "bulk",
            Self::Sms => "sms",
            Self::Telegram => "telegram",
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// When it is the name of no lane.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|lane| lane.name() == raw);
        found.ok_or_else(|| Invalid::because("Is not the name of a lane."))
    }

    /// When to try again what failed.
    #[must_use]
    pub const fn backoff(self) -> Backoff {
        match self {
            Self::Urgent | Self::Telegram => Backoff(&[5, 15, 60, 300, 900, 3600]),
            Self::Bulk | Self::Sms => Backoff(&[60, 300, 900, 3600]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_is_read_by_its_name() {
        for lane in Lane::ALL {
            assert_eq!(Lane::parse(lane.name()), Ok(lane));
        }
        assert!(Lane::parse("express").is_err());
    }
}
