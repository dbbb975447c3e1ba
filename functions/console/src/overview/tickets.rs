use std::collections::BTreeMap;

use futures_util::future::join_all;
use jiff::Timestamp;
use serde_json::Value;

use super::{FIRST, shown, text};
use crate::{
    entity::{Cell, Kind},
    web::Reader,
};

/// A ticket that they hold for an event ahead.
pub(super) struct Held {
    pub(super) href: String,
    pub(super) event: String,
    pub(super) ticket: String,
    pub(super) start: Cell,
    pub(super) location: String,
}

/// What they hold for events that have not ended, the earliest first, of their latest fifty registrations.
pub(super) async fn held(reader: &Reader) -> Option<Vec<Held>> {
    let found = reader
        .get("/api/registrations?user=me&limit=50")
        .await
        .ok()?
        .value;
    let own: Vec<&Value> = found["registrations"].as_array()?.iter().collect();
    let events = things(reader, "events", own.iter().map(|one| text(one, "event"))).await;
    let now = reader.console.app.world.now();
    let mut ahead: Vec<(Timestamp, &Value, &Value)> = own
        .into_iter()
        .filter_map(|one| {
            let event = events.get(one["event"].as_str()?)?;
            let moment = |name: &str| event[name].as_str()?.parse::<Timestamp>().ok();
            (moment("end_time")? > now && event["status"] != "cancelled").then_some(())?;
            Some((moment("start_time")?, one, event))
        })
        .collect();
    ahead.sort_by_key(|(start, _, _)| *start);
    ahead.truncate(FIRST);
    let tickets = things(
        reader,
        "tickets",
        ahead.iter().map(|(_, one, _)| text(one, "ticket")),
    )
    .await;
    let held = |(_, one, event): (Timestamp, &Value, &Value)| Held {
        href: format!("/registrations/{}", text(one, "id")),
        event: text(event, "name"),
        ticket: one["ticket"]
            .as_str()
            .and_then(|id| tickets.get(id))
            .map_or_else(String::new, |ticket| text(ticket, "name")),
        start: shown(reader, "start_time", Kind::Time, event),
        location: text(event, "location"),
    };
    Some(ahead.into_iter().map(held).collect())
}

/// Things of a kind, each of which is asked for once.
async fn things(reader: &Reader, kind: &str, ids: impl Iterator<Item = String>) -> BTreeMap<String, Value> {
    let mut ids: Vec<String> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let asked = ids.into_iter().map(|id| async move {
        let found = reader.get(format!("/api/{kind}/{id}/")).await.ok()?;
        Some((id, found.value))
    });
    let found = join_all(asked.collect::<Vec<_>>()).await;
    found.into_iter().flatten().collect()
}
