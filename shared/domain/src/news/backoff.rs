use jiff::{SignedDuration, Timestamp};

/// SES was asked too fast: wait a little, which is no failure of the message.
pub const THROTTLED: Backoff = Backoff(&[1, 2, 4, 8]);

/// When to try again: the seconds after the first failure, the second, …; the last one repeats until the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff(pub &'static [i64]);

impl Backoff {
    /// The time of the next try after `failures` (from 1), spread over half of the wait by `fraction` in `0.0..1.0`
    /// so that what failed together does not come back together.
    #[must_use]
    pub fn next(self, now: Timestamp, failures: u32, fraction: f64) -> Timestamp {
        let last = self.0.len().saturating_sub(1);
        let step = usize::try_from(failures.saturating_sub(1))
            .unwrap_or(last)
            .min(last);
        let seconds = self.0.get(step).copied().unwrap_or(60);
        let wait = SignedDuration::from_secs(seconds).mul_f64(0.5f64.mul_add(fraction, 0.75));
        now.saturating_add(wait).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_the_last_of_the_table_and_stay_there() {
        let waits = |fraction: f64| -> Vec<i64> {
            let backoff = Backoff(&[4, 40, 400]);
            [1, 2, 3, 4, 99]
                .map(|n| backoff.next(Timestamp::UNIX_EPOCH, n, fraction).as_second())
                .to_vec()
        };
        assert_eq!(waits(0.0), [3, 30, 300, 300, 300]);
        assert_eq!(waits(0.5), [4, 40, 400, 400, 400]);
    }
}
