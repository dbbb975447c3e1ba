//! The brake of mailings: whether it is on, why, and a button that lets mailings go on.

use askama::Template;
use axum::{
    http::Method,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::Value;

use crate::{
    answer::private,
    entity::{Cell, Field, Kind, cell, field},
    web::{Call, Filled, Frame, Reader, shown},
    words::{self, fields as f, operations as o, overview, values},
};

const FACTS: &[Field] = &[
    field("reason", f::REASON, Kind::Choice(values::BRAKE_REASONS)),
    field("since", f::SINCE, Kind::Time),
    field("answered", o::ANSWERED, Kind::Number),
];
/// What comes back, of which shares are told.
const BACK: &[Field] = &[
    field("bounced", o::BOUNCED, Kind::Number),
    field("complained", o::COMPLAINED, Kind::Number),
];

/// Whether mailings stand still.
#[derive(Template)]
#[template(path = "brake.html")]
struct Page {
    frame: Frame,
    is_on: bool,
    facts: Vec<(&'static str, Cell)>,
}

/// `GET /brake`.
pub(crate) async fn brake(reader: Reader) -> Response {
    match reader.get("/api/brake/").await {
        Ok(found) => private(&page(&reader, &found.value)),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

/// `POST /brake`: lets mailings go on.
pub(crate) async fn release(reader: Reader, _: Filled) -> Response {
    let call = Call::new(Method::DELETE, "/api/brake/", Some(&reader.caller));
    match reader.console.api.ask(call).await {
        Ok(_) => Redirect::to("/brake?done=done").into_response(),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

fn page(reader: &Reader, brake: &Value) -> Page {
    let shown = |field: &Field| {
        (
            field.label.within(reader.language),
            cell(field, brake, &reader.zone, reader.language),
        )
    };
    let facts = FACTS.iter().filter(|field| !brake[field.name].is_null());
    let shares = BACK.iter().map(|field| {
        let (label, mut cell) = shown(field);
        if let Some(share) = share(brake, field.name) {
            let percent = words::of(reader.language).number(share * 100.0, 2);
            cell.text = format!("{} ({percent} %)", cell.text);
        }
        (label, cell)
    });
    Page {
        frame: Frame::of(reader, overview::BRAKE.within(reader.language)),
        is_on: brake["is_on"] == true,
        facts: facts.map(shown).chain(shares).collect(),
    }
}

fn share(brake: &Value, name: &str) -> Option<f64> {
    let answered = brake["answered"].as_f64().filter(|count| *count > 0.0)?;
    Some(brake[name].as_f64()? / answered)
}
