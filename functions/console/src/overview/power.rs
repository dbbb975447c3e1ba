use futures_util::future::join_all;
use serde_json::Value;

use super::{
    month::{Month, month},
    shown, text,
};
use crate::{
    entity::{Cell, Choice, Kind},
    web::Reader,
    words::values,
};

/// How many regions are asked for: as many as a page of a list has.
const ASKED: u8 = 200;
/// How many are shown; of those without power all are.
const SHOWN: usize = 12;

/// The power of each region.
pub(super) struct Power {
    /// How many regions are how.
    pub(super) counts: Vec<(Cell, usize)>,
    /// Those without power first.
    pub(super) regions: Vec<Region>,
    pub(super) are_all: bool,
    /// What the last thirty days of the first of them were like, for those who look after them.
    pub(super) months: Vec<(Region, Month)>,
}

/// A region, and how it is.
pub(super) struct Region {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) state: Cell,
    pub(super) since: Cell,
    pub(super) next_cut: Cell,
}

/// Those without power first, then those of which nothing is known.
fn urgency(region: &Value) -> usize {
    let order = ["off", "unknown", "on"];
    order
        .iter()
        .position(|status| region["status"] == *status)
        .unwrap_or(order.len())
}

/// How the power is; with what it was, unless that is there already.
pub(super) async fn power(reader: &Reader, is_again: bool) -> Option<Power> {
    let found = reader
        .get(format!("/api/regions/?limit={ASKED}"))
        .await
        .ok()?
        .value;
    let mut all: Vec<&Value> = found["regions"].as_array()?.iter().collect();
    all.sort_by_key(|region| (urgency(region), text(region, "name").to_lowercase()));
    let is_out = |region: &Value| region["status"] == "off";
    let out = all.iter().filter(|region| is_out(region)).count();
    let count = |choice: &Choice| {
        let count = all
            .iter()
            .filter(|region| region["status"] == choice.value)
            .count();
        let cell = Cell {
            text: choice.text.within(reader.language).to_owned(),
            tone: choice.tone,
            ..Cell::default()
        };
        (count > 0).then_some((cell, count))
    };
    let first = out.max(SHOWN);
    let shown = |region: &Value| Region {
        href: format!("/regions/{}", text(region, "id")),
        name: text(region, "name"),
        state: shown(reader, "status", Kind::Choice(values::POWER), region),
        since: shown(reader, "since", Kind::Time, region),
        next_cut: shown(reader, "next_planned_cut.start", Kind::Time, region),
    };
    let asked = if reader.is_staff() && !is_again { SHOWN } else { 0 };
    let asked = all.iter().take(asked).enumerate();
    let months = asked.map(async |(place, region)| {
        let month = month(reader, place, region).await?;
        Some((shown(region), month))
    });
    let months = join_all(months).await.into_iter().flatten().collect();
    Some(Power {
        months,
        counts: values::POWER.iter().filter_map(count).collect(),
        are_all: all.len() <= first && found["next"].is_null(),
        regions: all.iter().take(first).map(|region| shown(region)).collect(),
    })
}
