//! What the page of a message has for staff who are asked why somebody got it, or did not.

use askama::Template;
use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::{
    entity::{Cell, Field, Kind, Spot, cell, field},
    pages::told,
    web::{Reader, Result},
    words::{Text, fields as f, things, values, why as y},
};

const CAUSE: &[Field] = &[
    field("kind", y::ABOUT, Kind::Choice(values::NEWS)),
    field("cause.because", y::BECAUSE, Kind::Choice(values::THEIR_BECAUSE)),
    field("cause.region", f::REGION, Kind::Reference("regions")),
    field("cause.home", f::HOME, Kind::Reference("homes")),
    field("cause.event", f::EVENT, Kind::Reference("events")),
    field(
        "cause.registration",
        f::REGISTRATION,
        Kind::Reference("registrations"),
    ),
    field("cause.mailing", things::MAILING, Kind::Reference("mailings")),
    field("cause.outage", things::OUTAGE, Kind::Text),
    field("cause.planned_cut", things::PLANNED_CUT, Kind::Text),
];
const NOTICE: &[Field] = &[
    field("created_at", f::CREATED, Kind::Time),
    field("not_before", f::NOT_BEFORE, Kind::Time),
    field("deadline", f::DEADLINE, Kind::Time),
    field("lane", f::LANE, Kind::Choice(values::LANES)),
    field("people", f::PEOPLE, Kind::Number),
    field("counts", f::COUNTS, Kind::Counts(values::MESSAGE_STATUS)),
];
const AT: Field = field("at", f::AT, Kind::Time);
const EVENT: Field = field("event", y::ABOUT, Kind::Choice(values::PROVIDER_EVENTS));

/// Why, of what notice, and what was heard of it.
#[derive(Template)]
#[template(path = "why.html")]
struct Why<'w> {
    reader: &'w Reader,
    cause: Vec<(&'static str, Cell)>,
    /// Where the notice is.
    href: String,
    notice: Vec<(&'static str, Cell)>,
    provider_id: Option<&'w str>,
    /// What the provider did and said, with when.
    events: Vec<(Cell, Cell)>,
}

impl Why<'_> {
    const fn say(&self, text: Text) -> &'static str {
        text.within(self.reader.language)
    }
}

/// Of a message as the API has it.
pub(crate) fn why<'r>(reader: &'r Reader, _: &'r Spot, message: &'r Value) -> BoxFuture<'r, Option<String>> {
    Box::pin(async move { made(reader, message).await.ok()?.render().ok() })
}

async fn made<'r>(reader: &'r Reader, message: &'r Value) -> Result<Why<'r>> {
    let id = message["notice"].as_str().unwrap_or_default();
    let (cause, notice) = tokio::join!(
        told(reader, CAUSE, message),
        reader.get(format!("/api/notices/{id}"))
    );
    let events = message["events"].as_array().into_iter().flatten();
    let shown = |field, event| cell(field, event, &reader.zone, reader.language);
    Ok(Why {
        reader,
        cause,
        href: format!("/notices/{id}"),
        notice: told(reader, NOTICE, &notice?.value).await,
        provider_id: message["provider_id"].as_str(),
        events: events
            .map(|event| (shown(&AT, event), shown(&EVENT, event)))
            .collect(),
    })
}
