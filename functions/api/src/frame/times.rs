use jiff::{RoundMode, Timestamp, TimestampRound, Unit, civil::DateTime, tz::TimeZone};
use kabar_domain::Invalid;
use serde_json::Value;

use super::read_text;

/// Reads a time: RFC 3339, or `YYYY-MM-DD HH:MM[:SS[.ffffff]]` (also with `T`) without a zone, which is UTC.
///
/// # Errors
/// When it is neither.
pub(crate) fn read_time(raw: &str) -> Result<Timestamp, Invalid> {
    let raw = raw.trim();
    let without_zone = || {
        let has_time = raw.len() >= "2026-01-01T00:00".len();
        let local: DateTime = raw.parse().ok()?;
        let time = local.to_zoned(TimeZone::UTC).ok()?.timestamp();
        has_time.then_some(time)
    };
    let time = raw.parse().ok().or_else(without_zone);
    time.ok_or_else(|| {
        Invalid::because("Must be a time such as 2026-11-21T16:30:00+07:00 or 2026-11-21 16:30.")
    })
}

/// Reads a time of a body, to the millisecond, which is what is kept of it.
///
/// # Errors
/// As [`read_time`].
pub(crate) fn read_millis(value: &Value) -> Result<Timestamp, Invalid> {
    let time = read_time(read_text(value)?)?;
    let whole = TimestampRound::new()
        .smallest(Unit::Millisecond)
        .mode(RoundMode::Trunc);
    time.round(whole).map_err(|_| Invalid::because("Must be a time."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_utc() {
        let expected: Timestamp = "2026-11-21T09:30:00Z".parse().unwrap();
        for raw in [
            "2026-11-21T16:30:00+07:00",
            "2026-11-21T09:30:00Z",
            "2026-11-21 09:30",
            "2026-11-21T09:30",
            "2026-11-21 09:30:00",
            "2026-11-21 09:30:00.000000",
        ] {
            assert_eq!(read_time(raw), Ok(expected), "{raw}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for raw in [
            "",
            "now",
            "2026-11-21",
            "2026-13-01 00:00",
            "2026-02-30T00:00Z",
            "16:30",
            "99999999999999",
        ] {
            assert!(read_time(raw).is_err(), "{raw}");
        }
    }
}
