use jiff::{SignedDuration, Timestamp};
use kabar_courier::words::duration;
use kabar_domain::{Language, Zone};

use super::of;

/// A moment by the clock of a zone, short enough for a table: "21 Nov 2026, 16:30".
pub(crate) fn day_and_time(at: Timestamp, zone: &Zone, language: Language) -> String {
    let local = zone.local(at);
    let month = of(language).months[usize::from(local.month().unsigned_abs()) - 1];
    let time = match language {
        Language::En => local.strftime("%H:%M"),
        Language::Id => local.strftime("%H.%M"),
    };
    format!("{} {month} {}, {time}", local.day(), local.year())
}

/// So many seconds; fewer than a minute are said as they are.
pub(crate) fn short_duration(seconds: i64, language: Language) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        _ => duration(SignedDuration::from_secs(seconds), language),
    }
}
