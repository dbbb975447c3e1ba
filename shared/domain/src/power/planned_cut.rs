use jiff::{SignedDuration, Timestamp};

use super::Cut;
use crate::{
    Invalid,
    ids::{PlannedCutId, RegionId},
};

/// How far the power may go before or after the planned time and still go as planned.
pub const PUNCTUAL: SignedDuration = SignedDuration::from_mins(15);
/// How long before a planned cut people are told of it.
pub const AHEAD: SignedDuration = SignedDuration::from_mins(30);
/// The longest that a cut may be planned for: more is a mistake of units or of a year.
pub const LONGEST_PLANNED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The longest reason of a planned cut, in characters.
pub const REASON_MAX: usize = 500;
/// The longest name that a source has for a planned cut, in characters (`UID` of RFC 5545 has no limit of its own).
pub const UID_MAX: usize = 255;

/// A cut that a source says will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedCut {
    /// Which.
    pub id: PlannedCutId,
    /// Where.
    pub region: RegionId,
    /// What its source calls it: the same name is the same cut, however it is moved.
    pub uid: String,
    /// From when and until when.
    pub time: Cut,
    /// Why, in the source's words; may be empty.
    pub reason: String,
    /// Whether its source has taken it back.
    pub is_cancelled: bool,
    /// The time that people were told ahead, if they were.
    pub told: Option<Cut>,
    /// Whether they are to be told once more when it is near: when they were told that it moves, it was not.
    pub is_told_again: bool,
    /// How often it has changed; the entity tag.
    pub version: u64,
}

/// What became of a planned cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its time has not come, and the power is there.
    Ahead,
    /// Its time has come, the power is there, and may still go.
    Due,
    /// The power went when it was to.
    Kept,
    /// The power went more than [`PUNCTUAL`] before.
    Early,
    /// The power went more than [`PUNCTUAL`] after.
    Late,
    /// The power did not go.
    NotKept,
    /// It was taken back.
    Cancelled,
    /// What happened is not known.
    Unknown,
}

impl Outcome {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Due => "due",
            Self::Kept => "kept",
            Self::Early => "early",
            Self::Late => "late",
            Self::NotKept => "not_kept",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
        }
    }
}

/// What people have to be told of a planned cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    /// That it comes.
    Ahead,
    /// That it comes at another time than they were told.
    Moved,
    /// That it does not come, as they were told.
    Cancelled,
}

impl PlannedCut {
    /// Reads the time of a planned cut.
    ///
    /// # Errors
    /// When it ends before it begins, or lasts longer than [`LONGEST_PLANNED`].
    pub fn time(start: Timestamp, end: Timestamp) -> Result<Cut, Invalid> {
        if end <= start {
            return Err(Invalid::because("Must be after the start."));
        }
        if end.duration_since(start) > LONGEST_PLANNED {
            return Err(Invalid::because("Must be at most seven days after the start."));
        }
        Ok(Cut { start, end })
    }

    /// What there is to tell people at `now`. Whoever was told nothing is not told that nothing comes, and nobody of what
    /// is over.
    #[must_use]
    pub fn tell(&self, now: Timestamp) -> Option<Tell> {
        match self.told {
            Some(told) if self.is_cancelled => (now < told.end).then_some(Tell::Cancelled),
            Some(told) if told != self.time => (now < told.end.max(self.time.end)).then_some(Tell::Moved),
            Some(_) if !self.is_told_again => None,
            _ if !self.is_cancelled => (self.near_at() <= now && now < self.time.end).then_some(Tell::Ahead),
            _ => None,
        }
    }

    /// When it is to be looked at next, as it is at `now`: to tell people of it, or because it is over and another one
    /// comes next. Nothing once there is nothing to do.
    #[must_use]
    pub fn look_at(&self, now: Timestamp) -> Option<Timestamp> {
        if self.tell(now).is_some() {
            return Some(now);
        }
        if self.is_cancelled || self.is_over(now) {
            return None;
        }
        let near_at = self.near_at();
        let is_to_come = (self.told.is_none() || self.is_told_again) && near_at > now;
        Some(if is_to_come { near_at } else { self.time.end })
    }

    /// From when on people are told that it comes.
    fn near_at(&self) -> Timestamp {
        self.time.start.saturating_sub(AHEAD).unwrap_or(Timestamp::MIN)
    }

    /// Whether its time is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.time.end <= now
    }

    /// The same, once people were told by `tell` at `now`: that it is when it is, or that it is not.
    #[must_use]
    pub fn once_told(&self, tell: Tell, now: Timestamp) -> Self {
        Self {
            is_told_again: tell == Tell::Moved && now < self.near_at(),
            told: (tell != Tell::Cancelled).then_some(self.time),
            version: self.version + 1,
            ..self.clone()
        }
    }

    /// What became of it by `now`, when this is the cut next to it, if any; one that goes on ends now. `is_known`: whether
    /// anything was known of the power in its time; if not, nobody can say that it did not go.
    #[must_use]
    pub fn outcome(&self, happened: Option<&Cut>, is_known: bool, now: Timestamp) -> Outcome {
        let Cut { start, end } = self.time;
        let lead = happened.map(|cut| start.duration_since(cut.start));
        match lead {
            _ if self.is_cancelled => Outcome::Cancelled,
            Some(lead) if lead > PUNCTUAL => Outcome::Early,
            Some(lead) if -lead > PUNCTUAL => Outcome::Late,
            Some(_) => Outcome::Kept,
            None if now < start => Outcome::Ahead,
            None if !is_known => Outcome::Unknown,
            None if now < end => Outcome::Due,
            None => Outcome::NotKept,
        }
    }

    /// The cut that happened in its time, if any: of several, the one that began nearest to it.
    #[must_use]
    pub fn happened<'c>(&self, cuts: &'c [Cut]) -> Option<&'c Cut> {
        cuts.iter()
            .filter(|cut| cut.within(self.time.start, self.time.end).is_some())
            .min_by_key(|cut| cut.start.duration_since(self.time.start).abs())
    }
}

#[cfg(test)]
mod tests;
