//! What clocks show, read minute by minute: slow, and without a rule of its own.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// The minutes of a day as a clock shows them.
const DAY: usize = 1_440;

/// What the clocks of a zone show in each minute of some days, as a minute of the day.
pub(crate) struct Readings {
    start: Timestamp,
    minutes: Vec<usize>,
}

impl Readings {
    /// Reads the clocks from `start` for some hours.
    pub(crate) fn new(zone: &TimeZone, start: Timestamp, hours: i64) -> Self {
        let minute = |number| {
            let shown = zone.to_datetime(start + SignedDuration::from_mins(number));
            assert_eq!(shown.second(), 0, "changes of these years are by the minute");
            usize::try_from(i32::from(shown.hour()) * 60 + i32::from(shown.minute())).expect("a minute")
        };
        let minutes = (0..hours * 60).map(minute).collect();
        Self { start, minutes }
    }

    /// The first instant of a minute that was read.
    pub(crate) fn first(&self, number: usize) -> Timestamp {
        self.start + SignedDuration::from_mins(i64::try_from(number).expect("some days"))
    }

    /// The last instant of a minute that was read.
    pub(crate) fn last(&self, number: usize) -> Timestamp {
        self.first(number + 1) - SignedDuration::from_nanos(1)
    }

    /// For each minute that was read, the first one from it on in which a window is open.
    pub(crate) fn openings(&self, window: &str) -> Vec<Option<usize>> {
        let is_in = minutes_in(window);
        let mut next = None;
        let mut openings = vec![None; self.minutes.len()];
        for (number, shown) in self.minutes.iter().enumerate().rev() {
            next = if is_in[*shown] { Some(number) } else { next };
            openings[number] = next;
        }
        openings
    }
}

/// Which minutes of the day are in a window, gone through one by one.
fn minutes_in(window: &str) -> [bool; DAY] {
    let (from, to) = window.split_once('-').expect("two times");
    let (mut minute, to) = (minute_of(from), minute_of(to));
    let mut is_in = [false; DAY];
    while minute != to {
        is_in[minute] = true;
        minute = (minute + 1) % DAY;
    }
    is_in
}

fn minute_of(time: &str) -> usize {
    let (hour, minute) = time.split_once(':').expect("a time");
    hour.parse::<usize>().expect("an hour") * 60 + minute.parse::<usize>().expect("a minute")
}
