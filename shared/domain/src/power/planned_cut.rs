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
            None if !self.is_cancelled => {
                let is_near = now >= self.time.start.saturating_sub(AHEAD).unwrap_or(Timestamp::MIN);
                (is_near && now < self.time.end).then_some(Tell::Ahead)
            }
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
        let near = self.time.start.saturating_sub(AHEAD).unwrap_or(Timestamp::MIN);
        let is_to_come = self.told.is_none() && near > now;
        Some(if is_to_come { near } else { self.time.end })
    }

    /// Whether its time is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.time.end <= now
    }

    /// The same, once people were told by `tell`: that it is when it is, or that it is not.
    #[must_use]
    pub fn once_told(&self, tell: Tell) -> Self {
        Self {
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
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn cut(from: i64, to: i64) -> Cut {
        Cut {
            start: at(from),
            end: at(to),
        }
    }

    fn planned() -> PlannedCut {
        PlannedCut {
            id: PlannedCutId::from_bytes([1; 16]),
            region: RegionId::from_bytes([2; 16]),
            uid: "2026-11-22-bandung".to_owned(),
            time: cut(600, 720),
            reason: String::new(),
            is_cancelled: false,
            told: None,
            version: 1,
        }
    }

    #[test]
    fn people_are_told_half_an_hour_ahead_and_never_afterwards() {
        let told = |minute| planned().tell(at(minute));
        assert_eq!(told(569), None);
        assert_eq!([570, 600, 719].map(told), [Some(Tell::Ahead); 3]);
        assert_eq!(told(720), None);
    }

    #[test]
    fn only_who_was_told_is_told_of_changes() {
        let mut moved = planned();
        moved.told = Some(cut(540, 660));
        assert_eq!(moved.tell(at(500)), Some(Tell::Moved));
        assert_eq!(moved.tell(at(720)), None);
        moved.is_cancelled = true;
        assert_eq!(moved.tell(at(659)), Some(Tell::Cancelled));
        assert_eq!(moved.tell(at(660)), None);
        moved.told = None;
        assert_eq!(moved.tell(at(600)), None);
        let mut same = planned();
        same.told = Some(same.time);
        assert_eq!(same.tell(at(600)), None);
    }

    #[test]
    fn a_quarter_of_an_hour_is_punctual_and_a_minute_more_is_not() {
        let outcome = |start| {
            let cuts = [cut(start, start + 200)];
            let planned = planned();
            planned.outcome(planned.happened(&cuts), true, at(1_000))
        };
        assert_eq!([585, 600, 615].map(outcome), [Outcome::Kept; 3]);
        assert_eq!(outcome(584), Outcome::Early);
        assert_eq!(outcome(616), Outcome::Late);
        // It ended before the planned one began, or began after it ended: another cut.
        assert_eq!([400, 720].map(outcome), [Outcome::NotKept; 2]);
    }

    #[test]
    fn of_several_cuts_the_nearest_counts() {
        let cuts = [cut(500, 610), cut(612, 700), cut(710, 760)];
        assert_eq!(planned().happened(&cuts), Some(&cuts[1]));
    }

    #[test]
    fn before_its_end_a_cut_may_still_come() {
        let outcome = |minute| planned().outcome(None, true, at(minute));
        assert_eq!(outcome(599), Outcome::Ahead);
        assert_eq!(outcome(719), Outcome::Due);
        assert_eq!(outcome(720), Outcome::NotKept);
        let mut cancelled = planned();
        cancelled.is_cancelled = true;
        assert_eq!(cancelled.outcome(None, true, at(600)), Outcome::Cancelled);
    }

    #[test]
    fn where_nothing_was_known_nothing_is_said_but_that_it_is_ahead() {
        let outcome = |minute| planned().outcome(None, false, at(minute));
        assert_eq!(outcome(599), Outcome::Ahead);
        assert_eq!([600, 719, 720].map(outcome), [Outcome::Unknown; 3]);
        let gone = cut(600, 650);
        assert_eq!(planned().outcome(Some(&gone), false, at(720)), Outcome::Kept);
    }

    #[test]
    fn it_is_looked_at_to_tell_of_it_and_when_it_is_over() {
        let look = |planned: &PlannedCut, minute| planned.look_at(at(minute));
        let mut planned = planned();
        assert_eq!(look(&planned, 0), Some(at(570)));
        assert_eq!(look(&planned, 575), Some(at(575)), "it has to be told now");
        planned = planned.once_told(Tell::Ahead);
        assert_eq!((look(&planned, 575), planned.version), (Some(at(720)), 2));
        assert_eq!(look(&planned, 720), None);
        planned.time = cut(900, 960);
        assert_eq!(look(&planned, 580), Some(at(580)), "that it moved");
        planned.is_cancelled = true;
        assert_eq!(look(&planned, 580), Some(at(580)));
        planned = planned.once_told(Tell::Cancelled);
        assert_eq!((look(&planned, 580), planned.told), (None, None));
    }

    #[test]
    fn a_plan_has_an_end_after_its_start_and_no_slip_of_a_year() {
        assert!(PlannedCut::time(at(10), at(10)).is_err());
        assert!(PlannedCut::time(at(0), at(7 * 24 * 60 + 1)).is_err());
        assert_eq!(PlannedCut::time(at(0), at(7 * 24 * 60)), Ok(cut(0, 7 * 24 * 60)));
    }
}
