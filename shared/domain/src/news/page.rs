use jiff::Timestamp;

use super::{Addressee, Lane};
use crate::{Invalid, Language, Zone, ids::PageId, mailings::ClientTerm, power::Channel};

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
    pub people: Vec<Addressee>,
    /// By which term its clients were found, if they are clients: together they are found by it again.
    pub term: Option<ClientTerm>,
    /// When it was planned.
    pub created_at: Timestamp,
    /// When its people can be told: later than it was planned, if it is not their time of day.
    pub ready_at: Timestamp,
    /// How often it was given back with messages that failed.
    pub failures: u32,
}

impl Page {
    /// Each person with their place on the page.
    pub fn places(&self) -> impl Iterator<Item = (u8, Addressee)> + '_ {
        (1u8..).zip(self.people.iter().copied())
    }
}

/// Where a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// In its notice's line: not yet in the lane, or set aside until its people can be told.
    Waiting,
    /// In its lane.
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

    /// Whether a page in this state has one of its notice's slots in the lane.
    #[must_use]
    pub const fn is_in_lane(self) -> bool {
        matches!(self, Self::Queued | Self::Claimed)
    }

    /// Reads a name.
    ///
    /// # Errors
    /// When it is the name of no state.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let all = [Self::Waiting, Self::Queued, Self::Claimed, Self::Closed];
        let found = all.into_iter().find(|state| state.name() == raw);
        found.ok_or_else(|| Invalid::because("Is not the name of a page's state."))
    }
}
