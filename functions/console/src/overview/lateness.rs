use jiff::Timestamp;
use serde_json::Value;

use super::{shown, text};
use crate::{
    charts::{Drawing, Range, Sheet, ranges},
    entity::{Kind, at},
    web::Reader,
    words::{fields as f, overview as o, short_duration, values},
};

/// How late people were told of the newest notices.
pub(super) struct Lateness {
    /// A picture for each lane that told anybody of them.
    pub(super) drawings: Vec<Drawing>,
    pub(super) sheet: Sheet,
}

/// A notice, and in how many seconds its first and its last person were told.
struct Told {
    lane: String,
    kind: String,
    planned: String,
    between: Option<(i64, i64)>,
}

impl Told {
    fn read(reader: &Reader, lane: &Value, notice: &Value) -> Self {
        let moment = |name: &str| at(notice, name).as_str()?.parse::<Timestamp>().ok();
        let planned = moment("not_before");
        let late = |name: &str| {
            let late = moment(name)?.duration_since(planned?);
            // Clocks of functions differ by moments: nobody is told before their time.
            Some(late.as_secs().max(0))
        };
        Self {
            lane: shown(reader, "lane", Kind::Choice(values::LANES), lane).text,
            kind: shown(reader, "kind", Kind::Choice(values::NEWS), notice).text,
            planned: shown(reader, "not_before", Kind::Time, notice).text,
            between: late("first_sent_at").zip(late("last_sent_at")),
        }
    }
}

/// Of lanes as the API describes them; nothing where nobody was told of anything yet.
pub(super) fn lateness(reader: &Reader, lanes: &[Value]) -> Option<Lateness> {
    let say = |seconds: i64| short_duration(seconds, reader.language);
    let mut lateness = Lateness {
        drawings: Vec::new(),
        sheet: Sheet {
            caption: o::LATE.within(reader.language).to_owned(),
            heads: [f::LANE, f::KIND, o::PLANNED_AT, o::FIRST_LATE, o::LAST_LATE]
                .map(|head| head.within(reader.language))
                .to_vec(),
            rows: Vec::new(),
        },
    };
    for lane in lanes {
        let latest = lane["latest"].as_array().into_iter().flatten();
        let told: Vec<Told> = latest.map(|notice| Told::read(reader, lane, notice)).collect();
        lateness
            .drawings
            .extend(drawn(reader, &text(lane, "lane"), &told));
        lateness.sheet.rows.extend(told.into_iter().map(|told| {
            let (first, last) = told.between.map(|(first, last)| (say(first), say(last))).unzip();
            let nobody = || o::NOBODY_YET.within(reader.language).to_owned();
            let figures = [first, last].map(|late| late.unwrap_or_else(nobody));
            let figures = [told.kind, told.planned].into_iter().chain(figures);
            (told.lane, figures.collect())
        }));
    }
    (!lateness.sheet.rows.is_empty()).then_some(lateness)
}

fn drawn(reader: &Reader, lane: &str, all: &[Told]) -> Option<Drawing> {
    let first = all.first()?;
    let say = |seconds: i64| short_duration(seconds, reader.language);
    let row = |told: &Told| Range {
        label: told.kind.clone(),
        between: told.between.map(|(first, last)| (first as f64, last as f64)),
    };
    let said = |told: &Told| match told.between {
        Some((first, last)) => format!("{}: {} – {}", told.kind, say(first), say(last)),
        None => format!("{}: {}", told.kind, o::NOBODY_YET.within(reader.language)),
    };
    let latest = all
        .iter()
        .filter_map(|told| told.between)
        .map(|(_, last)| last)
        .max();
    let rows: Vec<Range> = all.iter().map(row).collect();
    Some(ranges(
        format!("late-{lane}"),
        format!("{}: {}", first.lane, o::LATE.within(reader.language)),
        all.iter().map(said).collect::<Vec<_>>().join("; "),
        &rows,
        (say(0), say(latest.unwrap_or_default())),
    ))
}
