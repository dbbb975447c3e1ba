//! What there is, for whoever comes in: it looks again every few seconds.

mod events;
mod lateness;
mod mailings;
mod month;
mod operations;
mod power;
mod tickets;

use askama::Template;
use axum::{http::HeaderMap, response::Response};
use serde_json::Value;

use crate::{
    answer::private,
    entities,
    entity::{Cell, Kind, Place, cell, field, text},
    pages::Table,
    web::{Frame, Reader},
    words::{fields as f, mailings as m, overview as o, things, ui as w},
};

/// How many of each kind are shown.
const FIRST: usize = 6;

/// What a script says that asks for what lives of a page that it has: what changes by the day is there already.
const AGAIN: &str = "x-kabar-again";

/// Parts of the page; those that are not of whoever reads are not there.
#[derive(Template)]
#[template(path = "overview.html")]
struct Page {
    frame: Frame,
    brake: Option<operations::Brake>,
    power: Option<power::Power>,
    /// What they are called, and which.
    events: Option<(&'static str, Vec<events::Sales>)>,
    mailings: Option<Vec<mailings::Running>>,
    letters: Option<Vec<operations::Letters>>,
    lanes: Option<operations::Lanes>,
    tickets: Option<Vec<tickets::Ticket>>,
    homes: Option<Table>,
}

/// `GET /`.
pub(crate) async fn overview(reader: Reader, headers: HeaderMap) -> Response {
    let frame = Frame::of(&reader, w::HOME.within(reader.language));
    let power = power::power(&reader, headers.contains_key(AGAIN));
    let page = if reader.is_staff() {
        let (power, events, mailings, brake, letters, lanes) = tokio::join!(
            power,
            events::ahead(&reader, None),
            mailings::running(&reader),
            operations::brake(&reader),
            operations::letters(&reader),
            operations::lanes(&reader),
        );
        let title = o::UPCOMING.within(reader.language);
        Page {
            frame,
            brake,
            power,
            events: events.map(|events| (title, events)),
            mailings,
            letters,
            lanes,
            tickets: None,
            homes: None,
        }
    } else {
        let (power, events, tickets, homes) = tokio::join!(
            power,
            events::own(&reader),
            tickets::tickets(&reader),
            homes(&reader)
        );
        let title = o::MY_EVENTS.within(reader.language);
        Page {
            frame,
            brake: None,
            power,
            events: events.map(|events| (title, events)),
            mailings: None,
            letters: None,
            lanes: None,
            tickets,
            homes,
        }
    };
    private(&page)
}

/// Their homes, the newest first.
async fn homes(reader: &Reader) -> Option<Table> {
    let place = Place::of(entities::named("homes")?);
    let found = reader.get(format!("{}?limit={FIRST}", place.api())).await.ok()?;
    Some(
        Table::of(reader, &place, found.value["homes"].as_array()?)
            .await
            .said(None),
    )
}

/// A member of a document, as whoever reads is shown it.
fn shown(reader: &Reader, name: &'static str, kind: Kind, thing: &Value) -> Cell {
    cell(&field(name, f::STATE, kind), thing, &reader.zone, reader.language)
}
