use askama::Template;
use axum::response::Response;
use futures_util::future::join_all;
use serde_json::Value;

use crate::{
    answer::private,
    entities,
    entity::Place,
    pages::Table,
    web::{Frame, Reader},
    words::ui as w,
};

/// How many of each kind are shown.
const FIRST: u8 = 6;
/// What whoever looks after everything sees first.
const OF_STAFF: &[&str] = &["regions", "mailings", "events", "dead-letters"];
/// What everybody sees first.
const OF_PEOPLE: &[&str] = &["registrations", "homes", "regions"];

/// What there is, for whoever comes in.
#[derive(Template)]
#[template(path = "overview.html")]
struct Page {
    frame: Frame,
    parts: Vec<Part>,
}

/// The first of a kind.
struct Part {
    title: &'static str,
    href: String,
    table: Table,
}

/// `GET /`.
pub(crate) async fn overview(reader: Reader) -> Response {
    let kinds = if reader.is_staff() { OF_STAFF } else { OF_PEOPLE };
    let parts = join_all(kinds.iter().map(|kind| part(&reader, kind))).await;
    private(&Page {
        frame: Frame::of(&reader, w::HOME.within(reader.language)),
        parts: parts.into_iter().flatten().collect(),
    })
}

async fn part(reader: &Reader, kind: &str) -> Option<Part> {
    let entity = entities::named(kind)?;
    let place = Place::of(entity);
    let mut found = reader
        .get(format!("{}?limit={FIRST}", place.api()))
        .await
        .ok()?
        .value;
    let Value::Array(things) = found[entity.list].take() else {
        return None;
    };
    Some(Part {
        title: entity.many.within(reader.language),
        href: place.href(),
        table: Table::of(reader, &place, &things).await,
    })
}
