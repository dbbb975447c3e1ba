//! A history as bars, drawn on the server.

use jiff::SignedDuration;
use kabar_courier::words::duration;
use kabar_domain::{
    Language, Zone,
    power::{Bucket, Period},
};

use crate::words;

/// Width of the chart, in its own units.
pub(super) const WIDTH: f64 = 720.0;
/// Height of a bar that is dark all the time, in the same units.
pub(super) const HEIGHT: f64 = 120.0;
/// A cut that is shorter than a line is thick is a line.
const THINNEST: f64 = 3.0;

/// A bar, and its row in the table.
pub(super) struct Bar {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) height: String,
    pub(super) label: String,
    pub(super) off: String,
    pub(super) outages: u32,
    pub(super) is_dark: bool,
}

/// A bar for each bucket, by the clocks of the place.
pub(super) fn bars(buckets: &[Bucket], period: Period, zone: &Zone, language: Language) -> Vec<Bar> {
    let pitch = WIDTH / buckets.len().max(1) as f64;
    let bar = |(place, bucket): (usize, &Bucket)| {
        let length = bucket.end.duration_since(bucket.start).as_secs_f64().max(1.0);
        let off = bucket.figures.off_seconds;
        let share = (off as f64 / length).min(1.0);
        let height = if off > 0 {
            (share * HEIGHT).max(THINNEST)
        } else {
            0.0
        };
        Bar {
            x: units(place as f64 * pitch + pitch * 0.1),
            y: units(HEIGHT - height),
            width: units(pitch * 0.8),
            height: units(height),
            label: label(bucket, period, zone, language),
            off: seconds(off, language),
            outages: bucket.figures.outages,
            is_dark: off > 0,
        }
    };
    buckets.iter().enumerate().map(bar).collect()
}

fn units(number: f64) -> String {
    format!("{number:.1}")
}

/// So many seconds as people say them.
pub(super) fn seconds(seconds: u64, language: Language) -> String {
    if seconds == 0 {
        return words::of(language).none.to_owned();
    }
    duration(
        SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)),
        language,
    )
}

/// When a bucket begins: an hour, a day or a month.
fn label(bucket: &Bucket, period: Period, zone: &Zone, language: Language) -> String {
    let local = zone.local(bucket.start);
    let month = words::of(language).months[usize::from(local.month().unsigned_abs()) - 1];
    match period {
        Period::Day => local.strftime("%H:%M").to_string(),
        Period::Week | Period::Month => format!("{} {month}", local.day()),
        Period::Year => format!("{month} {}", local.year()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use kabar_domain::power::{Cut, buckets, count};

    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3600).unwrap()
    }

    #[test]
    fn a_bar_is_as_high_as_its_time_was_dark() {
        let mut hours = buckets(&[at(0), at(1), at(2)], at(3));
        count(
            &mut hours,
            &Cut {
                start: at(1),
                end: at(2),
            },
        );
        let second = |n| Timestamp::from_second(n).unwrap();
        count(
            &mut hours,
            &Cut {
                start: second(7200),
                end: second(7201),
            },
        );
        let bars = bars(
            &hours,
            Period::Day,
            &Zone::parse("Asia/Jakarta").unwrap(),
            Language::En,
        );
        let heights: Vec<_> = bars
            .iter()
            .map(|bar| (bar.height.as_str(), bar.is_dark))
            .collect();
        assert_eq!(heights, [("0.0", false), ("120.0", true), ("3.0", true)]);
        assert_eq!((bars[1].y.as_str(), bars[1].label.as_str()), ("0.0", "08:00"));
        assert_eq!((bars[0].off.as_str(), bars[1].off.as_str()), ("none", "1 hour"));
    }
}
