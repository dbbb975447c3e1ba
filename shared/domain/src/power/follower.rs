use jiff::Timestamp;

use crate::{
    Invalid,
    ids::{RegionId, UserId},
};

/// The most regions that a person can follow: a change of their address is written beside each of them, in one
/// transaction of at most a hundred items.
pub const MOST_FOLLOWED: usize = 40;

/// A way to reach a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// By mail.
    Email,
    /// By a message in Telegram.
    Telegram,
    /// By a text message to a phone, for mailings.
    Sms,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 3] = [Self::Email, Self::Telegram, Self::Sms];
    /// The channels by which accounts are reached.
    pub const OF_ACCOUNTS: [Self; 2] = [Self::Email, Self::Telegram];

    /// Reads a channel.
    ///
    /// # Errors
    /// When Kabar has no such channel.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|channel| channel.name() == raw);
        found.ok_or_else(|| Invalid::because("Must be one of email, telegram, sms."))
    }

    /// Its name in JSON and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Telegram => "telegram",
            Self::Sms => "sms",
        }
    }

    /// Its number, from 1, where a name would be too long; it never changes.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Email => 1,
            Self::Telegram => 2,
            Self::Sms => 3,
        }
    }

    /// The channel with this number.
    #[must_use]
    pub fn numbered(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.number() == number)
    }
}

/// That a person wants to know about a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Following {
    /// The region.
    pub region: RegionId,
    /// The person.
    pub user: UserId,
    /// How to reach them.
    pub channels: Vec<Channel>,
    /// Since when.
    pub since: Timestamp,
}
