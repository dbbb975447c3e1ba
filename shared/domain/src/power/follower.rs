use jiff::Timestamp;

use crate::{
    Invalid, Language, Zone,
    ids::{RegionId, UserId},
    people::Email,
};

/// The most regions that a person can follow: a change of their address is written beside each of them, in one
/// transaction of at most a hundred items.
pub const MOST_FOLLOWED: usize = 40;

/// A way to reach a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// By mail.
    Email,
}

impl Channel {
    /// Reads a channel.
    ///
    /// # Errors
    /// When Kabar has no such channel.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        match raw {
            "email" => Ok(Self::Email),
            _ => Err(Invalid::because("Must be email.")),
        }
    }

    /// Its name in JSON and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
        }
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

/// A follower as a sender needs them: whom to reach, in which words, by which clock.
///
/// Kept beside the region, in order of language and zone, so that one Query reads a whole page of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follower {
    /// Who.
    pub user: UserId,
    /// Where mail reaches them.
    pub email: Email,
    /// How to greet them; perhaps empty.
    pub first_name: String,
    /// What they read.
    pub language: Language,
    /// Where their clock stands.
    pub zone: Zone,
}
