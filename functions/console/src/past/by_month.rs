use jiff::Timestamp;
use kabar_domain::power::FEWEST_HOMES;
use serde_json::Value;

use super::Asked;
use crate::{
    charts::{Columns, Drawing, Sheet, Size, month},
    words::{self, Words, past as p, short_duration},
};

/// An index of IEEE 1366: its name in the API, and how it is called in a table.
struct Index {
    name: &'static str,
    head: &'static str,
    /// Whether it is a number of minutes.
    is_time: bool,
}

const INDICES: [Index; 4] = [
    Index {
        name: "saidi",
        head: "SAIDI",
        is_time: true,
    },
    Index {
        name: "saifi",
        head: "SAIFI",
        is_time: false,
    },
    Index {
        name: "caidi",
        head: "CAIDI",
        is_time: true,
    },
    Index {
        name: "maifi",
        head: "MAIFI",
        is_time: false,
    },
];

/// How reliable a place was by the month.
pub(super) struct ByMonth {
    pub(super) drawings: Vec<Drawing>,
    pub(super) sheet: Sheet,
    /// Whether there are indices, of homes enough.
    pub(super) has_indices: bool,
    /// Why there are none, where there are homes.
    pub(super) too_few: Option<&'static str>,
}

/// What is drawn of each month.
struct Drawn {
    id: String,
    title: &'static str,
    style: &'static str,
    numbers: Vec<f64>,
    /// How the largest is said.
    said: Vec<String>,
}

/// One request.
pub(super) async fn by_month(asked: &Asked<'_>) -> Option<ByMonth> {
    let found = asked.reader.get(format!("{}/stats?period=1y", asked.path)).await;
    shown(asked, &found.ok()?.value)
}

fn shown(asked: &Asked<'_>, stats: &Value) -> Option<ByMonth> {
    let language = asked.reader.language;
    let words = words::of(language);
    let months = stats["buckets"].as_array()?;
    let label = |part: &Value| {
        let start: Option<Timestamp> = part["start"].as_str().and_then(|start| start.parse().ok());
        start.map_or_else(String::new, |start| month(start, &asked.zone, language))
    };
    let labels: Vec<String> = months.iter().map(label).collect();
    let off = |part: &Value| {
        let seconds = part["off_seconds"].as_i64().unwrap_or_default();
        match seconds {
            0 => words.none.to_owned(),
            seconds => short_duration(seconds, language),
        }
    };
    let has_indices = !stats["saidi"].is_null();
    let indices = INDICES.iter().filter(|_| has_indices);
    let homes = asked.place["homes"].as_u64().unwrap_or_default();
    let figures = |part: &Value| {
        let mut all = vec![off(part), part["outages"].to_string()];
        all.extend(indices.clone().map(|index| index.said(part, words)));
        all
    };
    let mut rows: Vec<_> = labels.iter().cloned().zip(months.iter().map(figures)).collect();
    rows.push((p::ALL_MONTHS.within(language).to_owned(), figures(stats)));
    let mut heads = vec![words.without_power, words.cuts_begun];
    heads.insert(0, p::MONTH.within(language));
    heads.extend(indices.clone().map(|index| index.head));
    let numbers = |name: &str| {
        let numbers = months.iter().map(|part| part[name].as_f64());
        numbers.map(Option::unwrap_or_default).collect()
    };
    let mut drawn = vec![Drawn {
        id: "past-off".to_owned(),
        title: words.chart,
        style: "dark",
        numbers: numbers("off_seconds"),
        said: months.iter().map(off).collect(),
    }];
    let titles = [words.saidi, words.saifi, words.caidi, words.maifi];
    drawn.extend(indices.zip(titles).map(|(index, title)| Drawn {
        id: format!("past-{}", index.name),
        title,
        style: "told",
        numbers: numbers(index.name),
        said: months.iter().map(|part| index.said(part, words)).collect(),
    }));
    Some(ByMonth {
        drawings: drawn
            .into_iter()
            .map(|drawn| drawn.drawing(&labels, words))
            .collect(),
        sheet: Sheet {
            caption: p::BY_MONTH.within(language).to_owned(),
            heads,
            rows,
        },
        has_indices,
        too_few: (1..u64::from(FEWEST_HOMES))
            .contains(&homes)
            .then_some(p::FROM_FIVE.within(language)),
    })
}

impl Index {
    fn said(&self, part: &Value, words: &Words) -> String {
        match (part[self.name].as_f64(), self.is_time) {
            (None, _) => words.none.to_owned(),
            (Some(minutes), true) => format!("{} {}", words.number(minutes, 1), words.minutes),
            (Some(times), false) => words.number(times, 2),
        }
    }
}

impl Drawn {
    /// It says which month had the most.
    fn drawing(self, labels: &[String], words: &Words) -> Drawing {
        let months = self.numbers.iter().zip(labels).zip(&self.said);
        let most = months
            .filter(|((number, _), _)| **number > 0.0)
            .max_by(|((one, _), _), ((other, _), _)| one.total_cmp(other));
        let said = most.map_or_else(
            || words.none.to_owned(),
            |((_, label), said)| format!("{}: {said}, {label}", words.most),
        );
        let columns = Columns {
            id: self.id,
            title: self.title.to_owned(),
            said,
            size: Size::Part,
            style: self.style,
            shares: Columns::shares_of(&self.numbers),
            places: 1,
            ends: labels.first().cloned().zip(labels.last().cloned()),
        };
        columns.drawn()
    }
}
