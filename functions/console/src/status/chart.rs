//! A history as bars.

use jiff::SignedDuration;
use kabar_courier::words::duration;
use kabar_domain::{
    Language, Zone,
    power::{Bucket, Period, Statistics},
};

use crate::{
    charts::{Columns, Drawing, Sheet, Size, month},
    words::{self, Words},
};

/// How dark each part of a period was: of its own length.
pub(super) fn chart(
    statistics: &Statistics,
    zone: &Zone,
    words: &'static Words,
    language: Language,
) -> (Drawing, Sheet) {
    let share = |bucket: &Bucket| {
        let length = bucket.end.duration_since(bucket.start).as_secs_f64().max(1.0);
        bucket.figures.off_seconds as f64 / length
    };
    let label = |bucket: &Bucket| label(bucket, statistics.period, zone, language);
    let off = |bucket: &Bucket| seconds(bucket.figures.off_seconds, language);
    let buckets = || statistics.buckets.iter();
    let dark: Vec<String> = buckets()
        .filter(|bucket| bucket.figures.off_seconds > 0)
        .map(|bucket| format!("{}: {}", label(bucket), off(bucket)))
        .collect();
    let said = match dark.is_empty() {
        true => words.none.to_owned(),
        false => dark.join("; "),
    };
    let drawing = Columns {
        id: "chart".to_owned(),
        title: words.chart.to_owned(),
        said,
        size: Size::Whole,
        style: "dark",
        shares: buckets().map(share).collect(),
        places: 1,
        ends: buckets()
            .next()
            .zip(buckets().next_back())
            .map(|(first, last)| (label(first), label(last))),
    };
    let row = |bucket: &Bucket| {
        let figures = vec![off(bucket), bucket.figures.outages.to_string()];
        (label(bucket), figures)
    };
    let sheet = Sheet {
        caption: words.chart.to_owned(),
        heads: vec![words.from, words.without_power, words.cuts_begun],
        rows: buckets().map(row).collect(),
    };
    (drawing.drawn(), sheet)
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
    match period {
        Period::Day => local.strftime("%H:%M").to_string(),
        Period::Week | Period::Month => {
            let month = words::of(language).months[usize::from(local.month().unsigned_abs()) - 1];
            format!("{} {month}", local.day())
        }
        Period::Year => month(bucket.start, zone, language),
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
        for (start, end) in [(at(1), at(2)), (at(2), Timestamp::from_second(7201).unwrap())] {
            count(&mut hours, &Cut { start, end });
        }
        let statistics = Statistics {
            period: Period::Day,
            from: at(0),
            to: at(3),
            buckets: hours,
            on_seconds: 0,
        };
        let zone = Zone::parse("Asia/Jakarta").unwrap();
        let (drawing, sheet) = chart(&statistics, &zone, words::of(Language::En), Language::En);
        let dark = drawing.shapes.iter().filter(|shape| shape.style == "dark");
        let heights: Vec<&str> = dark.map(|bar| bar.height.as_str()).collect();
        assert_eq!(heights, ["120.0", "3.0"]);
        assert_eq!(drawing.said, "08:00: 1 hour; 09:00: less than a minute");
        let (label, figures) = &sheet.rows[0];
        assert_eq!((label.as_str(), figures[0].as_str()), ("07:00", "none"));
    }
}
