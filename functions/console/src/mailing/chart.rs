//! How many were told when, as bars drawn on the server.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use kabar_domain::{Language, Zone};
use serde_json::Value;

use crate::words::{self, day_and_time};

/// Width of the chart, in its own units.
pub(super) const WIDTH: f64 = 720.0;
/// Height of the highest bar, in the same units.
pub(super) const HEIGHT: f64 = 120.0;
/// What is not nothing can be seen.
const THINNEST: f64 = 2.0;
/// A bar is at most this part of the chart wide.
pub(super) const FEWEST: usize = 12;
/// Of more hours than these, days are shown.
const MOST_HOURS: i64 = 72;
const HOUR: i64 = 3600;

/// A bar, and its row in the table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) height: String,
    pub(super) label: String,
    pub(super) count: u64,
}

/// What is drawn.
pub(super) struct Chart {
    pub(super) is_by_day: bool,
    pub(super) columns: Vec<Column>,
}

/// A bar for each hour, or each day of whoever reads, from the first to the last in which somebody was told.
pub(super) fn chart(by_hour: &Value, zone: &Zone, language: Language) -> Chart {
    let hours = by_hour.as_object().into_iter().flatten();
    let hours: BTreeMap<Timestamp, u64> = hours
        .filter_map(|(hour, count)| Some((hour.parse().ok()?, count.as_u64()?)))
        .collect();
    let ends = hours.keys().next().zip(hours.keys().next_back());
    let length = ends.map_or(0, |(first, last)| {
        (last.as_second() - first.as_second()) / HOUR + 1
    });
    let is_by_day = length > MOST_HOURS;
    let counts = match (ends, is_by_day) {
        (None, _) => Vec::new(),
        (Some((first, _)), false) => {
            let all = (0..length).map(|hour| *first + SignedDuration::from_hours(hour));
            all.map(|at| {
                let count = hours.get(&at).copied().unwrap_or_default();
                (day_and_time(at, zone, language), count)
            })
            .collect()
        }
        (Some(_), true) => by_day(&hours, zone, language),
    };
    Chart {
        is_by_day,
        columns: columns(counts),
    }
}

fn by_day(hours: &BTreeMap<Timestamp, u64>, zone: &Zone, language: Language) -> Vec<(String, u64)> {
    let mut days: BTreeMap<Date, u64> = BTreeMap::new();
    for (at, count) in hours {
        *days.entry(zone.local(*at).date()).or_default() += count;
    }
    let ends = days.keys().next().copied().zip(days.keys().next_back().copied());
    let Some((first, last)) = ends else {
        return Vec::new();
    };
    let label = |day: Date| {
        let month = words::of(language).months[usize::from(day.month().unsigned_abs()) - 1];
        format!("{} {month} {}", day.day(), day.year())
    };
    let all = first.series(1.day()).take_while(|day| *day <= last);
    all.map(|day| (label(day), days.get(&day).copied().unwrap_or_default()))
        .collect()
}

fn columns(counts: Vec<(String, u64)>) -> Vec<Column> {
    let most = counts
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or_default()
        .max(1);
    let pitch = WIDTH / counts.len().max(FEWEST) as f64;
    let units = |number: f64| format!("{number:.1}");
    let column = |(place, (label, count)): (usize, (String, u64))| {
        let height = match count {
            0 => 0.0,
            count => (count as f64 / most as f64 * HEIGHT).max(THINNEST),
        };
        Column {
            x: units((place as f64).mul_add(pitch, pitch * 0.1)),
            y: units(HEIGHT - height),
            width: units(pitch * 0.8),
            height: units(height),
            label,
            count,
        }
    };
    counts.into_iter().enumerate().map(column).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn drawn(by_hour: &Value) -> Chart {
        chart(by_hour, &Zone::parse("Asia/Jakarta").unwrap(), Language::En)
    }

    #[test]
    fn an_hour_in_which_nobody_was_told_is_there_and_empty() {
        let chart = drawn(&json!({ "2026-11-21T12:00:00Z": 1, "2026-11-21T10:00:00Z": 1000 }));
        let said: Vec<_> = chart
            .columns
            .iter()
            .map(|column| (column.label.as_str(), column.count, column.height.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("21 Nov 2026, 17:00", 1000, "120.0"),
                ("21 Nov 2026, 18:00", 0, "0.0"),
                ("21 Nov 2026, 19:00", 1, "2.0"),
            ]
        );
        assert!(!chart.is_by_day);
    }

    #[test]
    fn of_many_hours_days_are_shown_by_the_clock_of_whoever_reads() {
        let chart = drawn(
            &json!({ "2026-11-21T10:00:00Z": 3, "2026-11-21T18:00:00Z": 4, "2026-11-24T10:00:00Z": 5 }),
        );
        let said: Vec<_> = chart
            .columns
            .iter()
            .map(|day| (day.label.as_str(), day.count))
            .collect();
        let expected = [
            ("21 Nov 2026", 3),
            ("22 Nov 2026", 4),
            ("23 Nov 2026", 0),
            ("24 Nov 2026", 5),
        ];
        assert_eq!((said.as_slice(), chart.is_by_day), (&expected[..], true));
        assert!(drawn(&Value::Null).columns.is_empty());
    }
}
