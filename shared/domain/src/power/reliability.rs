use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{Cut, Region};
use crate::ids::RegionId;

/// The longest interruption that is a momentary one (IEEE 1366-2022, clause 3: five minutes).
pub const MOMENTARY: SignedDuration = SignedDuration::from_mins(5);
/// The fewest homes of a region whose indices are published: of fewer, figures would tell of somebody's own home.
pub const FEWEST_HOMES: u32 = 5;

/// What interruptions came to, for the indices of IEEE 1366. A *customer* of the standard is a home here.
///
/// The homes served, N_T of the standard, are all homes that a region has now, whether anything was known of them or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interruptions {
    /// Homes interrupted for longer than [`MOMENTARY`], each as often as it was (CI).
    pub sustained: u64,
    /// For how long those were without power, in seconds of each (CMI, which is in minutes).
    pub seconds: u64,
    /// Homes interrupted for no longer, each as often as it was (CMI of MAIFI).
    pub momentary: u64,
}

impl Interruptions {
    /// Adds an interruption of so many homes.
    pub fn add(&mut self, homes: u32, lasted: SignedDuration) {
        let homes = u64::from(homes);
        if lasted > MOMENTARY {
            self.sustained += homes;
            self.seconds += homes * u64::try_from(lasted.as_secs()).unwrap_or_default();
        } else {
            self.momentary += homes;
        }
    }

    /// Adds what was counted elsewhere.
    pub const fn add_all(&mut self, other: &Self) {
        self.sustained += other.sustained;
        self.seconds += other.seconds;
        self.momentary += other.momentary;
    }

    /// What all of these come to.
    #[must_use]
    pub fn total(parts: &[Self]) -> Self {
        let mut sum = Self::default();
        for part in parts {
            sum.add_all(part);
        }
        sum
    }

    /// The indices, when so many homes are served; `None` when none is.
    #[must_use]
    pub fn indices(&self, served: u32) -> Option<Indices> {
        let each = |sum: f64| sum / f64::from(served);
        let (sustained, minutes) = (self.sustained as f64, self.seconds as f64 / 60.0);
        (served > 0).then(|| Indices {
            saidi: each(minutes),
            saifi: each(sustained),
            caidi: (self.sustained > 0).then(|| minutes / sustained),
            maifi: each(self.momentary as f64),
        })
    }
}

/// An interruption of a home that is over, as its region counts it: all of it when it began, as the standard has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interruption {
    /// The region.
    pub region: RegionId,
    /// The day on which it began, by the region's clocks.
    pub day: Date,
    /// When the hour began in which it began, by the region's clocks.
    pub hour: Timestamp,
    /// What it comes to.
    pub counts: Interruptions,
}

impl Interruption {
    /// That a home of a region had this cut.
    #[must_use]
    pub fn of(cut: &Cut, region: &Region) -> Self {
        let mut counts = Interruptions::default();
        counts.add(1, cut.end.duration_since(cut.start));
        Self {
            region: region.id,
            day: region.zone.local(cut.start).date(),
            hour: region.zone.hour_start(cut.start),
            counts,
        }
    }
}

/// The indices of IEEE 1366-2022, clause 4, for a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// Minutes without power of a home, on average.
    pub saidi: f64,
    /// Sustained interruptions of a home, on average.
    pub saifi: f64,
    /// Minutes until power is back, on average over sustained interruptions; `None` when there was none.
    pub caidi: Option<f64>,
    /// Momentary interruptions of a home, on average.
    pub maifi: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(minutes: i64) -> SignedDuration {
        SignedDuration::from_mins(minutes)
    }

    /// By hand, in the way of the standard's annex: 2,000 homes are served; 800 are interrupted for 20 minutes, 600 for
    /// two hours, 25 for 14 hours and 50 for half an hour; two interruptions are momentary, of 1,500 and of 80 homes.
    #[test]
    fn a_feeder_with_four_sustained_and_two_momentary_interruptions() {
        let mut sum = Interruptions::default();
        for (homes, lasted) in [(800, 20), (600, 120), (25, 840), (50, 30), (1_500, 5), (80, 1)] {
            sum.add(homes, minutes(lasted));
        }
        // 800 + 600 + 25 + 50 = 1,475; 16,000 + 72,000 + 21,000 + 1,500 = 110,500 minutes; 1,580 momentary.
        let indices = sum.indices(2_000).unwrap();
        assert_eq!(indices.saifi, 0.7375);
        assert_eq!(indices.saidi, 55.25);
        assert!((indices.caidi.unwrap() - 74.915_254).abs() < 1e-6);
        assert_eq!(indices.maifi, 0.79);
    }

    #[test]
    fn five_minutes_are_momentary_and_a_second_more_is_not() {
        let mut sum = Interruptions::default();
        sum.add(10, minutes(5));
        assert_eq!((sum.momentary, sum.sustained), (10, 0));
        sum.add(10, minutes(5) + SignedDuration::from_secs(1));
        assert_eq!((sum.momentary, sum.sustained, sum.seconds), (10, 10, 3_010));
    }

    #[test]
    fn nobody_served_has_no_index_and_no_interruption_no_mean() {
        assert_eq!(Interruptions::default().indices(0), None);
        let quiet = Interruptions::default().indices(100).unwrap();
        assert_eq!(
            (quiet.saidi, quiet.saifi, quiet.caidi, quiet.maifi),
            (0.0, 0.0, None, 0.0)
        );
    }

    #[test]
    fn one_home_interrupted_twice_counts_twice() {
        let mut sum = Interruptions::default();
        sum.add(1, minutes(60));
        sum.add(1, minutes(30));
        let indices = sum.indices(4).unwrap();
        assert_eq!(
            (indices.saifi, indices.saidi, indices.caidi),
            (0.5, 22.5, Some(45.0))
        );
    }
}
