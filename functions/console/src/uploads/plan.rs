use askama::Template;
use axum::{
    extract::Path,
    http::{Method, StatusCode},
    response::Response,
};
use serde_json::Value;
use url::form_urlencoded::Serializer;

use super::form::{Asking, shown as form};
use crate::{
    answer::private,
    entities::{PLAN, REGIONS},
    entity::{Cell, Field, Kind, Place, Spot, cell, document, field},
    web::{Call, Filled, Frame, Reader, Refused, Sending, Sent, shown},
    words::{plan as p, things, ui as w},
};

/// What became of a plan.
#[derive(Template)]
#[template(path = "taken.html")]
struct Taken {
    frame: Frame,
    facts: Vec<(&'static str, Cell)>,
    back: String,
}

const TAKEN: &[Field] = &[
    field("created", p::CREATED, Kind::Number),
    field("changed", p::CHANGED, Kind::Number),
    field("unchanged", p::UNCHANGED, Kind::Number),
    field("cancelled", p::CANCELLED, Kind::Number),
    field("valid_until", p::VALID_UNTIL, Kind::Time),
];

/// `GET /regions/{id}/planned-cuts/new`.
pub(crate) async fn new_plan(reader: Reader, Path(id): Path<String>) -> Response {
    asked(&reader, &id, None).await
}

async fn asked(reader: &Reader, id: &str, again: Option<(&Sent, &Refused)>) -> Response {
    let Some(region) = Spot::at(Place::of(&REGIONS), id) else {
        return shown::refused(&Refused::not_found(), reader.language);
    };
    let found = match reader.get(region.api()).await {
        Ok(found) => found.value,
        Err(refused) => return shown::refused(&refused, reader.language),
    };
    let asking = Asking {
        title: format!(
            "{}: {}",
            things::PLANNED_CUTS.within(reader.language),
            REGIONS.name_of(reader, &found)
        ),
        text: Some(p::TEXT.within(reader.language)),
        fields: PLAN,
        send: p::TAKE.within(reader.language),
        back: cuts(id),
    };
    form(reader, asking, again)
}

fn cuts(region: &str) -> String {
    format!("/regions/{region}/planned-cuts")
}

/// `POST /regions/{id}/planned-cuts/new`: takes a plan in. The same again changes nothing.
pub(crate) async fn take_plan(reader: Reader, Path(id): Path<String>, Filled(sent): Filled) -> Response {
    if Spot::at(Place::of(&REGIONS), &id).is_none() {
        return shown::refused(&Refused::not_found(), reader.language);
    }
    let until = document(PLAN, &sent, &reader.zone, true)["valid_until"].take();
    let file = sent.files.iter().find(|file| !file.bytes.is_empty());
    let typed = || sent.get("plan").unwrap_or_default().as_bytes().to_vec();
    let bytes = file.map_or_else(typed, |file| file.bytes.to_vec());
    let (kind, bytes) = recognized(bytes, &until);
    let query = Serializer::new(String::new())
        .extend_pairs(until.as_str().map(|until| ("valid_until", until)))
        .finish();
    let call = Call {
        body: Sending::Bytes(kind.to_owned(), bytes),
        ..Call::new(
            Method::PUT,
            format!("/api{}?{query}", cuts(&id)),
            Some(&reader.caller),
        )
    };
    match reader.console.api.ask(call).await {
        Ok(taken) => private(&Taken {
            frame: Frame::of(&reader, things::PLANNED_CUTS.within(reader.language)),
            facts: TAKEN
                .iter()
                .map(|field| {
                    let label = field.label.within(reader.language);
                    (label, cell(field, &taken.value, &reader.zone, reader.language))
                })
                .collect(),
            back: cuts(&id),
        }),
        Err(refused) if refused.status == StatusCode::BAD_REQUEST => {
            asked(&reader, &id, Some((&sent, &refused))).await
        }
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

/// What kind of plan this is, by how it begins: calendars and documents have but one way to. In a document it is a
/// member that says until when it holds.
fn recognized(bytes: Vec<u8>, until: &Value) -> (&'static str, Vec<u8>) {
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text
        .get(..15)
        .is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
    {
        return ("text/calendar", bytes);
    }
    if !text.starts_with(['{', '[']) {
        return ("text/csv", bytes);
    }
    let mut plan = serde_json::from_str(text).unwrap_or(Value::Null);
    let bytes = match plan.as_object_mut() {
        Some(members) if !until.is_null() && !members.contains_key("valid_until") => {
            members.insert("valid_until".to_owned(), until.clone());
            plan.to_string().into_bytes()
        }
        _ => bytes,
    };
    ("application/json", bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plan_is_known_by_how_it_begins() {
        for (text, kind) in [
            ("\u{feff}uid;start;end", "text/csv"),
            ("", "text/csv"),
            ("begin:vcalendar\r\nVERSION:2.0", "text/calendar"),
            (" \n{\"cuts\": []}", "application/json"),
            ("[]", "application/json"),
            ("{", "application/json"),
        ] {
            let read = recognized(text.into(), &Value::Null);
            assert_eq!((read.0, read.1), (kind, text.as_bytes().to_vec()), "{text}");
        }
    }

    #[test]
    fn a_document_says_for_itself_until_when_it_holds() {
        let until = json!("2026-12-01T00:00:00Z");
        let (_, said) = recognized(b"{\"cuts\": []}".to_vec(), &until);
        assert_eq!(
            String::from_utf8(said).unwrap(),
            json!({"cuts": [], "valid_until": until}).to_string()
        );
        let own = b"{\"valid_until\": null}".to_vec();
        assert_eq!(recognized(own.clone(), &until).1, own);
    }
}
