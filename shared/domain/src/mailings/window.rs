use jiff::{SignedDuration, Timestamp, civil::Time};

use super::LocalTime;
use crate::{Invalid, Zone};

/// The hours of their own day at which people may be told: from one reading of their clock up to, and without, another
/// (SPEC §8: 08:00:00 yes, 22:00:00 no). One that ends before it begins runs over midnight.
///
/// Only what the clock shows counts. An hour that the clock shows twice, as when summer time ends, is in both times or
/// neither; of one that it skips, nothing is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LocalWindow {
    from: LocalTime,
    to: LocalTime,
}

impl LocalWindow {
    /// A window between two times of the day.
    ///
    /// # Errors
    /// When they are the same: that could be no time at all or the whole day.
    pub fn new(from: LocalTime, to: LocalTime) -> Result<Self, Invalid> {
        if from == to {
            return Err(Invalid::because(
                "Must end at another time than it begins; for the whole day, leave the window out.",
            ));
        }
        Ok(Self { from, to })
    }

    /// The first minute that is in.
    #[must_use]
    pub fn from(&self) -> LocalTime {
        self.from
    }

    /// The first minute that is out again.
    #[must_use]
    pub fn to(&self) -> LocalTime {
        self.to
    }

    /// Whether it is open at an instant where a zone's clocks stand.
    #[must_use]
    pub fn contains(&self, at: Timestamp, zone: &Zone) -> bool {
        let (from, to) = (self.from.time(), self.to.time());
        let shown = zone.local(at).time();
        if from < to {
            from <= shown && shown < to
        } else {
            from <= shown || shown < to
        }
    }

    /// The first instant from `at` on at which it is open: `at` itself, a time at which the clock shows its beginning,
    /// or the moment in which the clock is put past that.
    #[must_use]
    pub fn opens(&self, at: Timestamp, zone: &Zone) -> Timestamp {
        let mut at = at;
        // Nearly always the first round decides: between two changes of a clock mostly lie months, and a day is enough.
        while !self.contains(at, zone) {
            let wait = until(zone.local(at).time(), self.from.time());
            let opens = at.checked_add(wait).unwrap_or(Timestamp::MAX);
            match zone.next_change(at) {
                // At the same moment too: what the clock is put to is not what it would have shown.
                Some(change) if change <= opens => at = change,
                _ => return opens,
            }
        }
        at
    }
}

/// How long a clock that is not changed takes from one reading to the next time that it shows another.
fn until(shown: Time, wanted: Time) -> SignedDuration {
    let wait = shown.duration_until(wanted);
    if wait.is_negative() {
        wait + SignedDuration::from_hours(24)
    } else {
        wait
    }
}
