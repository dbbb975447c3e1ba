use jiff::{SignedDuration, Timestamp};

/// How many logins may fail in a window, by account and by address (SPEC §2).
pub const MOST_TRIES: u32 = 10;

/// A quarter of an hour of the clock, in which failed logins are counted.
///
/// Windows are the same for everybody, so that none has to be opened and whoever is locked out is so until the next
/// quarter at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TryWindow {
    /// When it begins.
    pub start: Timestamp,
    /// When it is over.
    pub end: Timestamp,
}

impl TryWindow {
    const LENGTH: SignedDuration = SignedDuration::from_mins(15);

    /// The window that this time is in.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        let since = now.as_second().rem_euclid(Self::LENGTH.as_secs());
        let start = Timestamp::from_second(now.as_second() - since).unwrap_or(now);
        Self {
            start,
            end: start + Self::LENGTH,
        }
    }

    /// How many seconds of it are left, at least one.
    #[must_use]
    pub fn seconds_left(&self, now: Timestamp) -> u64 {
        let millis = u64::try_from(self.end.duration_since(now).as_millis()).unwrap_or_default();
        millis.div_ceil(1000).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_a_quarter_of_an_hour_and_the_next_begins_where_it_ends() {
        let at = |millis| TryWindow::at(Timestamp::from_millisecond(millis).unwrap());
        let first = at(0);
        assert_eq!(at(899_999), first);
        assert_eq!(at(900_000).start, first.end);
        let left = |millis| first.seconds_left(Timestamp::from_millisecond(millis).unwrap());
        assert_eq!([left(0), left(1), left(899_001), left(899_999)], [900, 900, 1, 1]);
    }
}
