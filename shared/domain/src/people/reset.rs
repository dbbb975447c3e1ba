//! New passwords for people who forgot theirs: how often they may ask, and for how long the answer is good.

use jiff::{SignedDuration, Timestamp};

/// How long a code is good, from when it was asked for.
pub const RESET_LIFETIME: SignedDuration = SignedDuration::from_hours(1);
/// How many requests for one address are granted within [`ASKING_WINDOW`], lest its owner be buried in mail.
pub const MOST_REQUESTS: usize = 3;
/// The time within which requests are counted.
pub const ASKING_WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// The requests that count after another one `now`, if that one can be granted after those of `before`.
#[must_use]
pub fn another_request(before: &[Timestamp], now: Timestamp) -> Option<Vec<Timestamp>> {
    let counts = |at: &Timestamp| now.duration_since(*at) < ASKING_WINDOW;
    let mut requests: Vec<Timestamp> = before.iter().copied().filter(counts).collect();
    requests.push(now);
    (requests.len() <= MOST_REQUESTS).then_some(requests)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fourth_request_is_granted_when_the_first_is_an_hour_old() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let three = [at(0), at(1_200), at(2_400)];
        assert_eq!(another_request(&three[..2], at(2_400)), Some(three.to_vec()));
        assert_eq!(another_request(&three, at(3_599)), None);
        assert_eq!(
            another_request(&three, at(3_600)),
            Some(vec![at(1_200), at(2_400), at(3_600)])
        );
        assert_eq!(another_request(&[], at(0)), Some(vec![at(0)]));
    }
}
