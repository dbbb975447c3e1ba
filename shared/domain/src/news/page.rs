use jiff::Timestamp;

use super::Lane;
use crate::{
    Language, Zone,
    ids::{PageId, UserId},
    power::Channel,
};

/// Up to a hundred people of a notice, with one channel, one language and one time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Which.
    pub id: PageId,
    /// The lane it takes.
    pub lane: Lane,
    /// How its people are reached.
    pub channel: Channel,
    /// What they read.
    pub language: Language,
    /// Where their clocks stand.
    pub zone: Zone,
    /// Who they are, in the order of their places (from 1).
    pub people: Vec<UserId>,
    /// When it was planned.
    pub created_at: Timestamp,
    /// How often it was given back with messages that failed.
    pub failures: u32,
}

impl Page {
    /// Each person with their place on the page.
    pub fn places(&self) -> impl Iterator<Item = (u8, UserId)> + '_ {
        (1u8..).zip(self.people.iter().copied())
    }
}

/// Where a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// Planned; it enters its lane when an earlier page of the notice closes.
    Waiting,
    /// In its lane, or due to be tried again.
    Queued,
    /// A sender is at work on it.
    Claimed,
    /// Every message on it has a terminal status.
    Closed,
}

impl PageState {
    /// Its name in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Queued => "queued",
            Self::Claimed => "claimed",
            Self::Closed => "closed",
        }
    }
}
