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
    // Whoever looks after events sees the registrations of others too; of their own only this tells.
    let path = match reader.is_organizer() {
        true => "/api/users/me/export",
        false => "/api/registrations?limit=200",
    };
    let found = reader.get(path).await?.value;
    let own: Vec<&Value> = found["registrations"].as_array().into_iter().flatten().collect();
    let events: BTreeSet<&str> = own.iter().filter_map(|one| one["event"].as_str()).collect();
    let events = events.into_iter().map(|id| event(reader, id, &own));
    let mut events: Vec<Held> = join_all(events).await.into_iter().flatten().collect();
    events.sort_by_key(|event| event.start);
    Ok(events)
}

/// An event with the tickets for it; nothing where it is over, or off.
async fn event(reader: &Reader, id: &str, own: &[&Value]) -> Option<Held> {
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
