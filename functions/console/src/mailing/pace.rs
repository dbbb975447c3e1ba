//! How fast people are told, and how long it takes to tell the others.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::bar::sum;
use crate::entity::at;

/// Statuses of messages that are sent as soon as a sender comes to them (SPEC §7).
const DUE: [&str; 3] = ["waiting", "queued", "error"];

/// A member of a document that is a moment.
pub(super) fn moment(thing: &Value, name: &str) -> Option<Timestamp> {
    at(thing, name).as_str()?.parse().ok()
}

/// How many were told a second, from the first until the last, or until now while there are more to tell now.
pub(super) fn rate(stats: &Value, now: Timestamp) -> Option<f64> {
    let first = moment(stats, "first_sent_at")?;
    let until = match stats["status"].as_str() {
        Some("running") if sum(&stats["counts"], &DUE) > 0 => now,
        _ => moment(stats, "last_sent_at")?,
    };
    let told = stats["told"].as_u64().filter(|told| *told > 0)?;
    let seconds = until.duration_since(first).as_secs_f64();
    (seconds >= 1.0).then(|| told as f64 / seconds)
}

/// In how many seconds whoever can be told now is told, if it goes on like this; nobody is after the end.
pub(super) fn left(stats: &Value, end: Timestamp, rate: f64, now: Timestamp) -> Option<i64> {
    let due = sum(&stats["counts"], &DUE);
    if stats["status"] != "running" || due == 0 {
        return None;
    }
    let left = SignedDuration::try_from_secs_f64(due as f64 / rate).ok()?;
    Some(left.min(end.duration_since(now)).as_secs().max(1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_left_takes_as_long_as_what_was_done_but_never_past_the_end() {
        let at = |time: &str| format!("2026-11-21T{time}Z").parse().unwrap();
        let stats = |status: &str, queued: u64| {
            json!({ "status": status, "told": 120, "first_sent_at": "2026-11-21T10:00:00Z",
                "last_sent_at": "2026-11-21T10:00:30Z", "counts": { "sent": 120, "queued": queued, "wrong_time": 9 } })
        };
        let (now, end) = (at("10:01:00"), at("11:00:00"));
        let running = stats("running", 600);
        assert_eq!(rate(&running, now), Some(2.0));
        assert_eq!(left(&running, end, 2.0, now), Some(300));
        assert_eq!(
            left(&running, at("10:02:00"), 2.0, now),
            Some(60),
            "nobody is told after the end"
        );
        for done in [stats("running", 0), stats("paused", 600), stats("finished", 0)] {
            assert_eq!(left(&done, end, 2.0, now), None);
            assert_eq!(rate(&done, now), Some(4.0), "until the last was told");
        }
        let mut moment = stats("finished", 0);
        moment["last_sent_at"] = moment["first_sent_at"].clone();
        assert_eq!(rate(&moment, now), None, "a moment has no rate");
    }
}
