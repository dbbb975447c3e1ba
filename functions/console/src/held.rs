//! What somebody holds tickets for, for their overview and for their page of it.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde_json::Value;

use crate::{
    entity::text,
    web::{Reader, Result},
};

/// The most registrations that the API lists at once.
const AT_ONCE: usize = 200;
/// How many things are asked for at a time: each has a connection to the store of its own.
const AT_A_TIME: usize = 16;

/// An event ahead, and what whoever reads has for it.
pub(crate) struct Held {
    pub(crate) start: Timestamp,
    pub(crate) event: Value,
    pub(crate) registrations: Vec<Value>,
}

/// The events that have not ended and are not off for which they hold tickets, the first first: of so many of their
/// registrations, the newest.
pub(crate) async fn held(reader: &Reader, most: usize) -> Result<Vec<Held>> {
    let mut of_event: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for one in registrations(reader, most).await? {
        of_event.entry(text(&one, "event")).or_default().push(one);
    }
    let mut events = things(reader, "events", of_event.keys().cloned()).await?;
    let now = reader.console.app.world.now();
    let held = of_event.into_iter().filter_map(|(id, registrations)| {
        let event = events.remove(&id)?;
        let moment = |name: &str| event[name].as_str()?.parse::<Timestamp>().ok();
        let start = moment("start_time")?;
        let is_ahead = moment("end_time")? > now && event["status"] != "cancelled";
        is_ahead.then_some(Held {
            start,
            event,
            registrations,
        })
    });
    let mut held: Vec<Held> = held.collect();
    held.sort_by_key(|held| held.start);
    Ok(held)
}

/// What the tickets are called that these registrations are for, by id.
pub(crate) async fn ticket_names(
    reader: &Reader,
    registrations: impl Iterator<Item = &Value>,
) -> Result<BTreeMap<String, String>> {
    let tickets = things(reader, "tickets", registrations.map(|one| text(one, "ticket"))).await?;
    let named = tickets
        .into_iter()
        .map(|(id, ticket)| (id, text(&ticket, "name")));
    Ok(named.collect())
}

async fn registrations(reader: &Reader, most: usize) -> Result<Vec<Value>> {
    let (mut own, mut cursor) = (Vec::new(), String::new());
    let limit = AT_ONCE.min(most);
    for _ in 0..most.div_ceil(AT_ONCE) {
        let path = format!("/api/registrations?user=me&limit={limit}{cursor}");
        let mut part = reader.get(path).await?.value;
        if let Value::Array(registrations) = part["registrations"].take() {
            own.extend(registrations);
        }
        match part["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    Ok(own)
}

/// Things of a kind by id, each of which is asked for once; without those that are gone.
async fn things(
    reader: &Reader,
    kind: &str,
    ids: impl Iterator<Item = String>,
) -> Result<BTreeMap<String, Value>> {
    let ids: BTreeSet<String> = ids.collect();
    let asked = ids.into_iter().map(|id| async move {
        match reader.get(format!("/api/{kind}/{id}")).await {
            Ok(found) => Ok(Some((id, found.value))),
            Err(refused) if refused.status == StatusCode::NOT_FOUND => Ok(None),
            Err(refused) => Err(refused),
        }
    });
    let found: Vec<_> = stream::iter(asked)
        .buffer_unordered(AT_A_TIME)
        .try_collect()
        .await?;
    Ok(found.into_iter().flatten().collect())
}
