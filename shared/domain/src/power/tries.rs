use jiff::{SignedDuration, Timestamp};

use super::{Detector, Home, Means, Trouble};

/// How many tries in a row may bring no word before what was known is known no more.
const MOST_UNCLEAR: u32 = 10;

/// What came of a try to reach a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It answered.
    Hit,
    /// It did not.
    Miss(Trouble),
    /// Nobody knows whether it would have: its name was not found, or we are not well ourselves.
    NoWord(Trouble),
}

impl Answer {
    /// Why it did not answer, if it did not.
    #[must_use]
    pub const fn trouble(self) -> Option<Trouble> {
        match self {
            Self::Hit => None,
            Self::Miss(trouble) | Self::NoWord(trouble) => Some(trouble),
        }
    }
}

/// What came of the tries of a probe; when it last answered is its [`super::Beat`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// When it was last tried.
    pub at: Timestamp,
    /// How many misses in a row were last; a try without a word neither counts nor ends them.
    pub misses: u32,
    /// How many tries in a row brought no word.
    pub unclear: u32,
    /// Why the last one was not answered, if it was not.
    pub trouble: Option<Trouble>,
}

impl Tries {
    /// Whether it is too long ago that a try brought a word.
    pub(super) const fn is_unclear(&self) -> bool {
        self.unclear >= MOST_UNCLEAR
    }
}

impl Detector {
    /// When its target is to be tried, if it has one: a period after the last time.
    #[must_use]
    pub fn next_try(&self, tries: Option<&Tries>) -> Option<Timestamp> {
        let Means::Probe { period_s, .. } = self.means else {
            return None;
        };
        let period = SignedDuration::from_secs(period_s.into());
        Some(tries.map_or(Timestamp::MIN, |tries| {
            tries.at.saturating_add(period).unwrap_or(Timestamp::MAX)
        }))
    }
}

impl Home {
    /// Its probes that are to be tried by `now`.
    pub fn due_probes<'a>(
        &'a self,
        tries: &'a std::collections::HashMap<crate::ids::DetectorId, Tries>,
        now: Timestamp,
    ) -> impl Iterator<Item = &'a Detector> {
        let is_due = move |one: &&Detector| one.next_try(tries.get(&one.id)).is_some_and(|time| time <= now);
        self.detectors.iter().filter(is_due)
    }
}
