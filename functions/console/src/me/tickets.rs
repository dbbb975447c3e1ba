use std::collections::BTreeSet;

use askama::Template;
use axum::response::Response;
use futures_util::future::join_all;
use jiff::Timestamp;
use serde_json::Value;

use crate::{
    answer::private,
    web::{Frame, Reader, Result, shown},
    words::{day_and_time, mine as m, ui as w},
};

/// In how many parts of two hundred registrations is looked for what is to come: more than anybody has.
const PARTS: usize = 5;

/// What a person holds tickets for.
#[derive(Template)]
#[template(path = "my_tickets.html")]
struct Page {
    frame: Frame,
    events: Vec<Held>,
}

/// An event to come.
struct Held {
    id: String,
    name: String,
    location: String,
    start: Timestamp,
    starts: String,
    /// By registration, what its ticket is called.
    tickets: Vec<(String, String)>,
}

/// `GET /me/tickets`: what is to come, the first first.
pub(crate) async fn tickets(reader: Reader) -> Response {
    match held(&reader).await {
        Ok(events) => private(&Page {
            frame: Frame::of(&reader, m::MY_TICKETS.within(reader.language)),
            events,
        }),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

async fn held(reader: &Reader) -> Result<Vec<Held>> {
    let own = registrations(reader).await?;
    let events: BTreeSet<&str> = own.iter().filter_map(|one| one["event"].as_str()).collect();
    let events = events.into_iter().map(|id| event(reader, id, &own));
    let mut events: Vec<Held> = join_all(events).await.into_iter().flatten().collect();
    events.sort_by_key(|event| event.start);
    Ok(events)
}

/// The registrations of whoever reads, the newest first.
async fn registrations(reader: &Reader) -> Result<Vec<Value>> {
    let (mut own, mut cursor) = (Vec::new(), String::new());
    for _ in 0..PARTS {
        let path = format!("/api/registrations?user=me&limit=200{cursor}");
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

/// An event with the tickets for it; nothing where it is over, or off.
async fn event(reader: &Reader, id: &str, own: &[Value]) -> Option<Held> {
    let event = reader.get(format!("/api/events/{id}")).await.ok()?.value;
    let moment = |name: &str| event[name].as_str()?.parse::<Timestamp>().ok();
    let is_over = moment("end_time")? < reader.console.app.world.now();
    if is_over || event["status"] == "cancelled" {
        return None;
    }
    let mut tickets = Vec::new();
    for one in own.iter().filter(|one| one["event"] == id) {
        let said = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        let ticket = reader.get(format!("/api/tickets/{}", said("ticket"))).await.ok();
        let name = ticket.and_then(|ticket| ticket.value["name"].as_str().map(str::to_owned));
        tickets.push((said("id"), name.unwrap_or_else(|| said("ticket"))));
    }
    let start = moment("start_time")?;
    Some(Held {
        id: id.to_owned(),
        name: event["name"].as_str().unwrap_or_default().to_owned(),
        location: event["location"].as_str().unwrap_or_default().to_owned(),
        start,
        starts: day_and_time(start, &reader.zone, reader.language),
        tickets,
    })
}
