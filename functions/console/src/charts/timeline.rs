use jiff::{Span, Timestamp, Zoned};
use kabar_domain::{Language, Zone, power::Cut};

use super::{
    Drawing,
    drawing::{Label, Shape},
    month,
};

/// How wide a drawing is, in its own units.
const WIDTH: f64 = 480.0;
/// Where months begin: what they are called stands before them.
const LEFT: f64 = 84.0;
/// How high a month is.
const ROW: f64 = 22.0;
/// How high its line is.
const LINE: f64 = 14.0;
/// A cut that is shorter than this can be seen is as long.
const THINNEST: f64 = 1.5;
/// The length of the longest month.
const LONGEST_S: f64 = 31.0 * 24.0 * 3600.0;

/// Some months up to now, by the clocks of a place.
pub(crate) struct Months {
    /// The first instant of each, the oldest first.
    starts: Vec<Timestamp>,
    now: Timestamp,
}

impl Months {
    /// This one and those before it, so many in all.
    pub(crate) fn up_to(now: Timestamp, zone: &Zone, count: usize) -> Self {
        let local = zone.local(now);
        let first = local.first_of_month().unwrap_or(local);
        let before = |month: &Zoned| month.checked_sub(Span::new().months(1)).ok();
        let starts = std::iter::successors(Some(first), before).take(count);
        let mut starts: Vec<Timestamp> = starts
            .filter_map(|month| month.start_of_day().ok())
            .map(|start| start.timestamp())
            .collect();
        starts.reverse();
        Self { starts, now }
    }

    /// When they begin.
    pub(crate) fn first(&self) -> Timestamp {
        self.starts.first().copied().unwrap_or(self.now)
    }

    /// Each from its first instant to the first after it, or up to now.
    fn times(&self) -> impl Iterator<Item = Cut> {
        let ends = self.starts.iter().skip(1).copied().chain([self.now]);
        self.starts
            .iter()
            .zip(ends)
            .map(|(start, end)| Cut { start: *start, end })
    }
}

/// A line for each month, dark where the power was out; of a time before `known` nothing is drawn.
pub(crate) fn timeline(
    (id, title, said): (&str, &str, String),
    months: &Months,
    known: Timestamp,
    cuts: &[Cut],
    (zone, language): (&Zone, Language),
) -> Drawing {
    let mut shapes = Vec::new();
    let mut labels = Vec::new();
    for (place, time) in months.times().enumerate() {
        let top = place as f64 * ROW;
        let line = |style, part: Cut| {
            let at = |instant: Timestamp| {
                let seconds = instant.duration_since(time.start).as_secs_f64();
                seconds / LONGEST_S * (WIDTH - LEFT)
            };
            let (from, to) = (at(part.start), at(part.end));
            let from = from.min(WIDTH - LEFT - THINNEST);
            Shape::new(style, (LEFT + from, top), ((to - from).max(THINNEST), LINE))
        };
        labels.push(Label::new(
            (0.0, top + LINE - 2.0),
            month(time.start, zone, language),
        ));
        shapes.extend(time.within(known, months.now).map(|part| line("track", part)));
        let dark = cuts.iter().filter_map(|cut| cut.within(time.start, time.end));
        shapes.extend(dark.map(|part| line("dark", part)));
    }
    Drawing {
        id: id.to_owned(),
        title: title.to_owned(),
        said,
        style: "rows",
        width: WIDTH,
        height: months.starts.len() as f64 * ROW,
        shapes,
        labels,
        ends: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn a_cut_is_dark_in_each_month_that_it_touches_by_the_clocks_of_the_place() {
        let zone = Zone::parse("Asia/Jakarta").unwrap();
        let months = Months::up_to(at("2026-11-21T10:00:00Z"), &zone, 3);
        assert_eq!(months.first(), at("2026-08-31T17:00:00Z"));
        let cuts = [
            // The last day of October and the first of November.
            Cut {
                start: at("2026-10-30T17:00:00Z"),
                end: at("2026-11-01T17:00:00Z"),
            },
            Cut {
                start: at("2026-11-20T17:00:00Z"),
                end: at("2026-11-20T17:01:00Z"),
            },
        ];
        let words = ("past", "Outages", "two".to_owned());
        let known = at("2026-10-01T17:00:00Z");
        let drawing = timeline(words, &months, known, &cuts, (&zone, Language::Id));
        let labels: Vec<&str> = drawing.labels.iter().map(|label| label.text.as_str()).collect();
        assert_eq!(labels, ["Sep 2026", "Okt 2026", "Nov 2026"]);
        let lines: Vec<_> = drawing
            .shapes
            .iter()
            .map(|line| (line.style, line.y.as_str(), line.x.as_str(), line.width.as_str()))
            .collect();
        // A day is 12.8 wide.
        assert_eq!(
            lines,
            [
                ("track", "22.0", "96.8", "383.2"),
                ("dark", "22.0", "467.2", "12.8"),
                ("track", "44.0", "84.0", "264.5"),
                ("dark", "44.0", "84.0", "12.8"),
                ("dark", "44.0", "339.5", "1.5"),
            ]
        );
    }

    #[test]
    fn january_follows_december() {
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let months = Months::up_to(at("2027-01-31T12:00:00Z"), &zone, 6);
        assert_eq!(months.first(), at("2026-07-31T22:00:00Z"));
        assert_eq!(months.times().count(), 6);
    }
}
