use jiff::Timestamp;

use super::{FEWEST_HOMES, OutageKey, Plan};
use crate::{Invalid, Zone, ids::RegionId};

/// The longest name of a region, in characters.
pub const REGION_NAME_MAX: usize = 255;

/// Whether there is power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// There is.
    On,
    /// There is none.
    Off,
    /// Nobody has said.
    Unknown,
}

impl Power {
    /// All that can be decided.
    pub const ALL: [Self; 3] = [Self::On, Self::Off, Self::Unknown];

    /// Reads what the store has.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|power| power.name() == raw);
        found.ok_or_else(|| Invalid::because("Must be one of on, off, unknown."))
    }

    /// Its name in JSON and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Unknown => "unknown",
        }
    }
}

/// The operator's own word on a region, which outranks its detectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// There is power, whatever detectors say.
    On,
    /// There is none, whatever detectors say.
    Off,
    /// No word: the detectors decide.
    Auto,
}

impl Word {
    /// Every word an operator can say.
    pub const ALL: [Self; 3] = [Self::On, Self::Off, Self::Auto];

    /// Reads a word.
    ///
    /// # Errors
    /// When it is none of the three.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|word| word.name() == raw)
            .ok_or_else(|| Invalid::because("Must be one of on, off, auto."))
    }

    /// Its name in JSON and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Auto => "auto",
        }
    }
}

/// How many homes of a region have power, as their detectors say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HomeTally {
    /// Homes with power.
    pub on: u32,
    /// Homes without.
    pub off: u32,
    /// Homes of which nothing is known.
    pub unknown: u32,
}

impl HomeTally {
    /// All homes of the region.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.on + self.off + self.unknown
    }

    /// Off when at least half of the homes that are known are off, and at least one is.
    #[must_use]
    pub const fn power(self) -> Power {
        match (self.on, self.off) {
            (0, 0) => Power::Unknown,
            (on, off) if off >= 1 && off >= on => Power::Off,
            _ => Power::On,
        }
    }
}

/// A part of the grid that has power or has none as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Which.
    pub id: RegionId,
    /// What people call it.
    pub name: String,
    /// Where its clocks stand.
    pub zone: Zone,
    /// The region around it.
    pub parent: Option<RegionId>,
    /// The operator's word.
    pub word: Word,
    /// When the operator said it.
    pub word_at: Timestamp,
    /// What the detectors of its homes say.
    pub homes: HomeTally,
    /// Since when the last of its homes that changed is what it is.
    pub homes_at: Timestamp,
    /// What was decided at the last check.
    pub status: Power,
    /// Since when it is so.
    pub since: Timestamp,
    /// The cut that has not ended.
    pub outage: Option<OutageKey>,
    /// What is known of the cuts to come.
    pub plan: Plan,
    /// How often it has changed; the entity tag.
    pub version: u64,
}

impl Region {
    /// A region of which nothing is known yet.
    #[must_use]
    pub fn new(id: RegionId, name: String, zone: Zone, parent: Option<RegionId>, now: Timestamp) -> Self {
        Self {
            id,
            name,
            zone,
            parent,
            word: Word::Auto,
            word_at: now,
            homes: HomeTally::default(),
            homes_at: now,
            status: Power::Unknown,
            since: now,
            outage: None,
            plan: Plan::default(),
            version: 1,
        }
    }

    /// Whether it has homes, but so few that what they say together would tell of somebody's own.
    #[must_use]
    pub const fn is_of_few_homes(&self) -> bool {
        let homes = self.homes.total();
        0 < homes && homes < FEWEST_HOMES
    }

    /// Takes the operator's word. Saying the same again changes nothing, so that "since" stays true.
    ///
    /// Returns whether anything changed.
    pub fn say(&mut self, word: Word, now: Timestamp) -> bool {
        let is_new = self.word != word;
        if is_new {
            self.word = word;
            self.word_at = now;
        }
        is_new
    }
}
