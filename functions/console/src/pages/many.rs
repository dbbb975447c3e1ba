use askama::Template;
use axum::{
    http::{Method, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use futures_util::future::join_all;
use kabar_domain::Language;
use serde_json::{Value, json};

use super::act::done;
use crate::{
    answer::private,
    entity::{Action, Place, Spot},
    web::{Filled, Frame, Reader, Refused, Result, shown},
    words::{operations::MISSING, reason, ui as w},
};

/// As many as a page of a list has.
const MOST: usize = 200;
/// How many are worked on at a time.
const AT_ONCE: usize = 8;
/// How many ids the API takes in a request.
const IN_REQUEST: usize = 100;

/// Asks before something is done with many, and says what came of it.
#[derive(Template)]
#[template(path = "many.html")]
struct Page {
    frame: Frame,
    label: &'static str,
    action: &'static str,
    warning: &'static str,
    is_grave: bool,
    ids: Vec<String>,
    place: Place,
    /// What came of it: how many it was done for, and for which it was not, and why.
    outcome: Option<(usize, Vec<(String, String)>)>,
}

/// `POST /{kind}/many`: asks once more, with how many they are; then does it with each.
pub(crate) async fn many(reader: Reader, spot: Spot, Filled(sent): Filled) -> Response {
    let entity = spot.place.entity;
    let wanted = sent.get("action").and_then(|name| entity.action(name));
    let Some(action) = wanted.filter(|action| action.is_for_many) else {
        return shown::refused(&Refused::not_found(), reader.language);
    };
    let mut ids: Vec<String> = sent.all("id").map(str::to_owned).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() || ids.len() > MOST {
        return Redirect::to(&format!("{}?done=none", spot.place.href())).into_response();
    }
    let outcome = match sent.get("sure") {
        None => None,
        Some(_) if action.is_together => match together(&reader, &spot.place, action, &ids).await {
            Ok(outcome) => Some(outcome),
            Err(refused) => return shown::refused(&refused, reader.language),
        },
        Some(_) => {
            let mut failed = Vec::new();
            for some in ids.chunks(AT_ONCE) {
                let each = some.iter().map(|id| one(&reader, &spot.place, action, id));
                failed.extend(join_all(each).await.into_iter().flatten());
            }
            Some((ids.len() - failed.len(), failed))
        }
    };
    let label = action.label.within(reader.language);
    private(&Page {
        frame: Frame::of(
            &reader,
            format!("{label}: {}", entity.many.within(reader.language)),
        ),
        label,
        action: action.name,
        warning: action.warning.within(reader.language),
        is_grave: action.is_grave,
        ids,
        place: spot.place,
        outcome,
    })
}

/// Does it with all in as few requests as the API takes; says how many it was done for, and for which it was not.
///
/// # Errors
/// What the API refused before anything was done.
async fn together(
    reader: &Reader,
    place: &Place,
    action: &Action,
    ids: &[String],
) -> Result<(usize, Vec<(String, String)>)> {
    let mut failed = Vec::new();
    let path = format!("{}{}", place.api(), action.path);
    for (number, some) in ids.chunks(IN_REQUEST).enumerate() {
        let asked = json!({ "ids": some });
        match reader.send(Method::POST, &path, asked).await {
            Ok(moved) => {
                let gone = moved.value["missing"].as_array().into_iter().flatten();
                let why = MISSING.within(reader.language);
                failed.extend(gone.filter_map(|id| Some((id.as_str()?.to_owned(), why.to_owned()))));
            }
            Err(refused) if number == 0 => return Err(refused),
            // What was done before stands, and is said.
            Err(refused) => {
                let why = why(&refused, reader.language);
                failed.extend(some.iter().map(|id| (id.clone(), why.clone())));
            }
        }
    }
    Ok((ids.len() - failed.len(), failed))
}

/// Does it with one; says why not, if it was not done.
async fn one(reader: &Reader, place: &Place, action: &Action, id: &str) -> Option<(String, String)> {
    let Some(spot) = Spot::at(place.clone(), id) else {
        return Some((id.to_owned(), w::NOT_FOUND.within(reader.language).to_owned()));
    };
    let refused = done(reader, &spot, action, Value::Null, None).await.err()?;
    Some((id.to_owned(), why(&refused, reader.language)))
}

/// Why something was not done with one of them.
fn why(refused: &Refused, language: Language) -> String {
    match (refused.detail.as_str(), refused.status) {
        ("", StatusCode::NOT_FOUND) => w::NOT_FOUND.within(language).to_owned(),
        ("", status) if status.is_server_error() => w::NOT_NOW.within(language).to_owned(),
        ("", _) => w::NOT_ALLOWED.within(language).to_owned(),
        (detail, _) => reason(detail, language),
    }
}
