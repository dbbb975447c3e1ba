//! How many were told when, as bars.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use kabar_domain::{Language, Zone};
use serde_json::Value;

use crate::{
    charts::{Columns, Drawing, Sheet, Size},
    words::{self, day_and_time, fields as f, mailings as m},
};

/// A bar is at most this part of the chart wide.
const FEWEST: usize = 12;
/// Of more hours than these, days are shown.
const MOST_HOURS: i64 = 72;
const HOUR: i64 = 3600;

/// What is drawn, and the same as a table.
pub(super) struct Chart {
    pub(super) drawing: Drawing,
    pub(super) sheet: Sheet,
}

/// A bar for each hour, or each day of whoever reads, from the first to the last in which somebody was told; nothing before
/// anybody was.
pub(super) fn chart(by_hour: &Value, zone: &Zone, language: Language) -> Option<Chart> {
    let hours = by_hour.as_object().into_iter().flatten();
    let hours: BTreeMap<Timestamp, u64> = hours
        .filter_map(|(hour, count)| Some((hour.parse().ok()?, count.as_u64()?)))
        .collect();
    let (first, last) = hours.keys().next().zip(hours.keys().next_back())?;
    let length = (last.as_second() - first.as_second()) / HOUR + 1;
    let (title, counts) = if length > MOST_HOURS {
        (m::BY_DAY, by_day(&hours, zone, language))
    } else {
        let all = (0..length).map(|hour| *first + SignedDuration::from_hours(hour));
        let counted = all.map(|at| {
            let count = hours.get(&at).copied().unwrap_or_default();
            (day_and_time(at, zone, language), count)
        });
        (m::BY_HOUR, counted.collect())
    };
    Some(drawn(title.within(language), &counts, language))
}

fn drawn(title: &'static str, counts: &[(String, u64)], language: Language) -> Chart {
    let most = counts.iter().max_by_key(|(_, count)| *count);
    let said = most.map_or_else(String::new, |(label, count)| {
        format!("{} {count}, {label}", m::MOST.within(language))
    });
    let numbers: Vec<f64> = counts.iter().map(|(_, count)| *count as f64).collect();
    let label = |count: Option<&(String, u64)>| count.map_or_else(String::new, |(label, _)| label.clone());
    let last = counts.last().filter(|_| counts.len() >= FEWEST);
    let drawing = Columns {
        id: "chart".to_owned(),
        title: title.to_owned(),
        said,
        size: Size::Whole,
        style: "told",
        shares: Columns::shares_of(&numbers),
        places: FEWEST,
        ends: Some((label(counts.first()), label(last))),
    };
    let row = |(label, count): &(String, u64)| (label.clone(), vec![count.to_string()]);
    Chart {
        drawing: drawing.drawn(),
        sheet: Sheet {
            caption: title.to_owned(),
            heads: vec![f::AT.within(language), m::TOLD.within(language)],
            rows: counts.iter().map(row).collect(),
        },
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(by_hour: &Value) -> Option<Chart> {
        chart(by_hour, &Zone::parse("Asia/Jakarta").unwrap(), Language::En)
    }

    fn counts(chart: &Chart) -> Vec<(&str, &str)> {
        let rows = chart.sheet.rows.iter();
        rows.map(|(label, counts)| (label.as_str(), counts[0].as_str()))
            .collect()
    }

    #[test]
    fn an_hour_in_which_nobody_was_told_is_there_and_empty() {
        let chart = told(&json!({ "2026-11-21T12:00:00Z": 1, "2026-11-21T10:00:00Z": 1000 })).unwrap();
        assert_eq!(
            counts(&chart),
            [
                ("21 Nov 2026, 17:00", "1000"),
                ("21 Nov 2026, 18:00", "0"),
                ("21 Nov 2026, 19:00", "1"),
            ]
        );
        let bars = chart.drawing.shapes.iter().filter(|shape| shape.style == "told");
        let heights: Vec<&str> = bars.map(|bar| bar.height.as_str()).collect();
        assert_eq!(heights, ["120.0", "3.0"]);
        assert_eq!(chart.drawing.title, "Told by the hour");
    }

    #[test]
    fn of_many_hours_days_are_shown_by_the_clock_of_whoever_reads() {
        let by_hour =
            json!({ "2026-11-21T10:00:00Z": 3, "2026-11-21T18:00:00Z": 4, "2026-11-24T10:00:00Z": 5 });
        let chart = told(&by_hour).unwrap();
        let expected = [
            ("21 Nov 2026", "3"),
            ("22 Nov 2026", "4"),
            ("23 Nov 2026", "0"),
            ("24 Nov 2026", "5"),
        ];
        assert_eq!(counts(&chart), expected);
        assert_eq!(chart.drawing.title, "Told by the day");
        assert!(told(&Value::Null).is_none());
    }
}
