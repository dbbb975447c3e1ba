use askama::Template;
use axum::response::Response;
use jiff::Timestamp;

use crate::{
    answer::private,
    entity::text,
    held::{held, ticket_names},
    web::{Frame, Reader, Result, shown},
    words::{day_and_time, mine as m, ui as w},
};

/// Of how many registrations, the newest, what is to come is shown: more than anybody has.
const MOST: usize = 1_000;

/// What a person holds tickets for.
#[derive(Template)]
#[template(path = "my_tickets.html")]
struct Page {
    frame: Frame,
    events: Vec<Event>,
}

/// An event to come.
struct Event {
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
    match events(&reader).await {
        Ok(events) => private(&Page {
            frame: Frame::of(&reader, m::MY_TICKETS.within(reader.language)),
            events,
        }),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

async fn events(reader: &Reader) -> Result<Vec<Event>> {
    let held = held(reader, MOST).await?;
    let names = ticket_names(reader, held.iter().flat_map(|held| &held.registrations)).await?;
    let events = held.into_iter().map(|held| Event {
        id: text(&held.event, "id"),
        name: text(&held.event, "name"),
        location: text(&held.event, "location"),
        start: held.start,
        starts: day_and_time(held.start, &reader.zone, reader.language),
        tickets: held
            .registrations
            .iter()
            .map(|one| {
                let ticket = text(one, "ticket");
                (text(one, "id"), names.get(&ticket).cloned().unwrap_or(ticket))
            })
            .collect(),
    });
    Ok(events.collect())
}
