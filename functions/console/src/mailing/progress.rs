use askama::Template;
use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{
    bars::{Chart, HEIGHT, WIDTH, chart},
    export::MOST,
    preview::cost,
};
use crate::{
    entity::{Cell, Kind, Spot, at, cell, field},
    web::{Frame, Reader, Result},
    words::{self, Text, fields as f, mailings as m, short_duration, values},
};

/// Statuses of messages that have not come to their end (SPEC §7).
const ON_THE_WAY: [&str; 4] = ["waiting", "wrong_time", "queued", "error"];
/// Those of them that are sent as soon as a sender comes to them.
const DUE: [&str; 3] = ["waiting", "queued", "error"];
/// Counting exactly reads every page of messages: of more people than these it is done less often.
const MANY: u64 = 20_000;

/// How many of a mailing's messages have come to their end; of a whole, and in words.
pub(crate) struct Bar {
    pub(crate) ended: u64,
    /// All of them, as far as they are planned.
    pub(crate) all: u64,
    /// In percent; 100 only when all have.
    pub(crate) percent: u64,
}

impl Bar {
    /// Of a mailing's messages by status.
    pub(crate) fn of(counts: &Value) -> Self {
        let all = counts.as_object().into_iter().flatten();
        let all = all.filter_map(|(_, count)| count.as_u64()).sum();
        let ended = all - sum(counts, &ON_THE_WAY);
        Self {
            ended,
            all,
            percent: (ended * 100).checked_div(all).unwrap_or_default(),
        }
    }
}

fn sum(counts: &Value, names: &[&str]) -> u64 {
    names.iter().filter_map(|name| counts[*name].as_u64()).sum()
}

/// How far a mailing is.
#[derive(Template)]
#[template(path = "progress.html")]
struct Page {
    frame: Frame,
    id: String,
    status: String,
    state: Cell,
    /// In how many seconds it is looked at again, while something can change.
    live: Option<u8>,
    bar: Bar,
    /// To how many it would go now, if nobody is planned yet.
    reach: Option<u64>,
    counts: Vec<(Cell, u64)>,
    figures: Vec<(&'static str, Cell)>,
    chart: Chart,
    /// What the chart says, in words.
    said: String,
    by: Vec<(&'static str, Vec<(String, u64)>)>,
}

/// How far a mailing is: counts exact at this moment, and a chart.
pub(crate) fn progress<'r>(
    reader: &'r Reader,
    _: &'r Spot,
    mailing: &'r Value,
) -> BoxFuture<'r, Result<Option<String>>> {
    Box::pin(async move { Ok(made(reader, mailing).await?.render().ok()) })
}

async fn made(reader: &Reader, mailing: &Value) -> Result<Page> {
    let id = mailing["id"].as_str().unwrap_or_default();
    let stats = reader.get(format!("/api/mailings/{id}/stats/")).await?.value;
    let bar = Bar::of(&stats["counts"]);
    let reach = match bar.all {
        0 => reader.get(format!("/api/mailings/{id}/audience/")).await?.value["count"].as_u64(),
        _ => None,
    };
    let status = stats["status"].as_str().unwrap_or_default();
    let chart = chart(&stats["by_hour"], &reader.zone, reader.language);
    let most = chart.columns.iter().max_by_key(|column| column.count);
    let frame = Frame::of(reader, "");
    Ok(Page {
        id: id.to_owned(),
        status: status.to_owned(),
        state: shown(reader, "status", Kind::Choice(values::MAILING_STATUS), &stats),
        live: live(status, &bar),
        reach,
        counts: counts(&stats["counts"], reader),
        figures: figures(reader, mailing, &stats),
        said: most.map_or_else(String::new, |most| {
            format!("{} {}, {}", frame.say(m::MOST), most.count, most.label)
        }),
        by: by(&stats, reader),
        chart,
        bar,
        frame,
    })
}

fn live(status: &str, bar: &Bar) -> Option<u8> {
    match status {
        "running" if bar.all > MANY => Some(10),
        "running" => Some(2),
        "scheduled" | "paused" => Some(5),
        _ if bar.ended < bar.all => Some(5),
        _ => None,
    }
}

fn shown(reader: &Reader, name: &'static str, kind: Kind, thing: &Value) -> Cell {
    cell(&field(name, f::STATE, kind), thing, &reader.zone, reader.language)
}

/// Statuses in which there are messages, in the order in which messages go through them.
fn counts(counts: &Value, reader: &Reader) -> Vec<(Cell, u64)> {
    let some = |choice: &crate::entity::Choice| {
        let count = counts[choice.value].as_u64().filter(|count| *count > 0)?;
        let text = choice.text.within(reader.language).to_owned();
        let cell = Cell {
            text,
            tone: choice.tone,
            ..Cell::default()
        };
        Some((cell, count))
    };
    values::MESSAGE_STATUS.iter().filter_map(some).collect()
}

fn figures(reader: &Reader, mailing: &Value, stats: &Value) -> Vec<(&'static str, Cell)> {
    let say = |label: Text| label.within(reader.language);
    let text = |text: String| Cell {
        text,
        ..Cell::default()
    };
    let told = stats["told"].as_u64().unwrap_or_default();
    let mut all = vec![(say(m::TOLD), text(told.to_string()))];
    let rate = rate(reader, stats, told);
    if let Some(rate) = rate {
        all.push((say(m::RATE), text(a_time(rate, reader))));
    }
    if let Some(left) = rate.and_then(|rate| left(reader, mailing, stats, rate)) {
        all.push((say(m::LEFT), text(short_duration(left, reader.language))));
    }
    for (name, label) in [("first_sent_at", m::FIRST), ("last_sent_at", m::LAST)] {
        if !stats[name].is_null() {
            all.push((say(label), shown(reader, name, Kind::Time, stats)));
        }
    }
    if stats["in_doubt"].as_u64().is_some_and(|count| count > 0) {
        all.push((say(m::IN_DOUBT), shown(reader, "in_doubt", Kind::Number, stats)));
    }
    if let Some(cost) = cost(&stats["cost"], reader) {
        all.push((say(m::SO_FAR), text(cost)));
    }
    all
}

fn moment(thing: &Value, name: &str) -> Option<Timestamp> {
    at(thing, name).as_str()?.parse().ok()
}

/// How many were told a second, from the first until the last, or until now while it runs.
fn rate(reader: &Reader, stats: &Value, told: u64) -> Option<f64> {
    let first = moment(stats, "first_sent_at")?;
    let until = match stats["status"].as_str() {
        Some("running") => reader.console.app.world.now(),
        _ => moment(stats, "last_sent_at")?,
    };
    let seconds = until.duration_since(first).as_secs_f64();
    (seconds >= 1.0 && told > 0).then(|| told as f64 / seconds)
}

fn a_time(rate: f64, reader: &Reader) -> String {
    let words = words::of(reader.language);
    let (rate, unit) = if rate >= 1.0 {
        (rate, m::A_SECOND)
    } else {
        (rate * 60.0, m::A_MINUTE)
    };
    format!("{} {}", words.number(rate, 1), unit.within(reader.language))
}

/// In how many seconds whoever can be told now is told, if it goes on like this; nobody is after the end.
fn left(reader: &Reader, mailing: &Value, stats: &Value, rate: f64) -> Option<i64> {
    let due = sum(&stats["counts"], &DUE);
    if stats["status"] != "running" || due == 0 {
        return None;
    }
    let left = SignedDuration::try_from_secs_f64(due as f64 / rate).ok()?;
    let until_end = moment(mailing, "end_time")?.duration_since(reader.console.app.world.now());
    Some(left.min(until_end).as_secs().max(1))
}

/// Who was told, by operator and tag, the most first.
fn by(stats: &Value, reader: &Reader) -> Vec<(&'static str, Vec<(String, u64)>)> {
    let rows = |name: &str| {
        let all = stats[name].as_object().into_iter().flatten();
        let all = all.filter_map(|(name, count)| Some((name.clone(), count.as_u64()?)));
        let mut rows: Vec<_> = all.collect();
        rows.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.clone()));
        rows
    };
    let mut tags = rows("by_tag");
    for (tag, _) in &mut tags {
        if tag.is_empty() {
            m::NO_TAG.within(reader.language).clone_into(tag);
        }
    }
    if let Some(count) = stats["other_tags"].as_u64().filter(|count| *count > 0) {
        tags.push((m::OTHER_TAGS.within(reader.language).to_owned(), count));
    }
    let all = [(m::BY_OPERATOR, rows("by_operator")), (m::BY_TAG, tags)];
    let some = all.into_iter().filter(|(_, rows)| !rows.is_empty());
    some.map(|(title, rows)| (title.within(reader.language), rows))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Bar;

    #[test]
    fn a_bar_is_full_when_and_only_when_every_message_has_come_to_its_end() {
        let bar = |sent: u64, expired: u64, queued: u64, wrong_time: u64| {
            let counts =
                json!({ "sent": sent, "expired": expired, "queued": queued, "wrong_time": wrong_time });
            let bar = Bar::of(&counts);
            (bar.ended, bar.all, bar.percent)
        };
        assert_eq!(bar(0, 0, 0, 0), (0, 0, 0));
        assert_eq!(bar(900, 99, 0, 1), (999, 1000, 99));
        assert_eq!(bar(900, 100, 0, 0), (1000, 1000, 100));
        assert_eq!(bar(1, 0, 1, 1), (1, 3, 33));
    }
}
