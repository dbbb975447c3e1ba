use askama::Template;
use futures_util::future::BoxFuture;
use serde_json::Value;

use super::{
    bar::Bar,
    chart::{Chart, chart},
    export::MOST,
    pace::{left, moment, rate},
    preview::cost,
};
use crate::{
    entity::{Cell, Kind, Spot, cell, field},
    web::{Frame, Reader, Result},
    words::{self, Text, fields as f, mailings as m, short_duration, values},
};

/// Counting exactly reads every page of messages: of more people than these it is done less often.
const MANY: u64 = 20_000;

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
    /// Nothing before anybody was told.
    chart: Option<Chart>,
    by: Vec<(&'static str, Vec<(String, u64)>)>,
}

/// How far a mailing is: counts exact at this moment, and a chart.
pub(crate) fn progress<'r>(
    reader: &'r Reader,
    _: &'r Spot,
    mailing: &'r Value,
) -> BoxFuture<'r, Option<String>> {
    Box::pin(async move { made(reader, mailing).await.ok()?.render().ok() })
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
    Ok(Page {
        frame: Frame::of(reader, ""),
        id: id.to_owned(),
        status: status.to_owned(),
        state: shown(reader, "status", Kind::Choice(values::MAILING_STATUS), &stats),
        live: live(status, &bar),
        reach,
        counts: counts(&stats["counts"], reader),
        figures: figures(reader, mailing, &stats),
        by: by(&stats, reader),
        chart,
        bar,
    })
}

fn live(status: &str, bar: &Bar) -> Option<u8> {
    match status {
        "running" if bar.all > MANY => Some(10),
        "running" => Some(2),
        // Until there are messages, those it would reach are counted anew.
        "scheduled" | "paused" if bar.all == 0 => Some(60),
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
    let now = reader.console.app.world.now();
    let rate = rate(stats, now);
    if let Some(rate) = rate {
        all.push((say(m::RATE), text(a_time(rate, reader))));
    }
    if let Some(left) = rate
        .zip(moment(mailing, "end_time"))
        .and_then(|(rate, end)| left(stats, end, rate, now))
    {
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

fn a_time(rate: f64, reader: &Reader) -> String {
    let words = words::of(reader.language);
    let (rate, unit) = if rate >= 1.0 {
        (rate, m::A_SECOND)
    } else {
        (rate * 60.0, m::A_MINUTE)
    };
    format!("{} {}", words.number(rate, 1), unit.within(reader.language))
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
