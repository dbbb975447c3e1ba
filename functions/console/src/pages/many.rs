use askama::Template;
use axum::{
    http::{Method, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use futures_util::future::join_all;
use kabar_domain::Language;
use serde_json::{Value, json};

use super::act::{Done, done, facts_of};
use crate::{
    answer::private,
    entity::{Action, Cell, Place, Spot},
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
    outcome: Option<Outcome>,
}

/// What came of it.
struct Outcome {
    /// How many it was done for.
    done: usize,
    /// What else there is to say of it, by the thing it was done with, or of all together.
    said: Vec<(String, Vec<(&'static str, Cell)>)>,
    /// For which it was not done, and why.
    failed: Vec<(String, String)>,
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
        Some(_) => Some(each(&reader, &spot.place, action, &ids).await),
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

/// Does it with one after the other, some at a time.
async fn each(reader: &Reader, place: &Place, action: &Action, ids: &[String]) -> Outcome {
    let mut outcome = Outcome {
        done: 0,
        said: Vec::new(),
        failed: Vec::new(),
    };
    for some in ids.chunks(AT_ONCE) {
        let each = some.iter().map(|id| one(reader, place, action, id));
        for (id, answer) in some.iter().zip(join_all(each).await) {
            match answer {
                Ok(answer) => {
                    outcome.done += 1;
                    outcome.say(reader, id, action, &answer);
                }
                Err(why) => outcome.failed.push((id.clone(), why)),
            }
        }
    }
    outcome
}

impl Outcome {
    fn say(&mut self, reader: &Reader, of: &str, action: &Action, answer: &Value) {
        if !action.says.is_empty() {
            self.said
                .push((of.to_owned(), facts_of(reader, action.says, answer)));
        }
    }
}

/// Does it with all in as few requests as the API takes.
///
/// # Errors
/// What the API refused before anything was done.
async fn together(reader: &Reader, place: &Place, action: &Action, ids: &[String]) -> Result<Outcome> {
    let mut outcome = Outcome {
        done: 0,
        said: Vec::new(),
        failed: Vec::new(),
    };
    let path = format!("{}{}", place.api(), action.path);
    let mut last = Value::Null;
    for (number, some) in ids.chunks(IN_REQUEST).enumerate() {
        match reader.send(Method::POST, &path, json!({ "ids": some })).await {
            Ok(moved) => {
                last = moved.value;
                let gone = last["missing"].as_array().into_iter().flatten();
                let gone: Vec<&str> = gone.filter_map(Value::as_str).collect();
                outcome.done += some.len() - gone.len();
                let why = MISSING.within(reader.language);
                let gone = gone.into_iter().map(|id| (id.to_owned(), why.to_owned()));
                outcome.failed.extend(gone);
            }
            Err(refused) if number == 0 => return Err(refused),
            // What was done before stands, and is said.
            Err(refused) => {
                let why = why(&refused, reader.language);
                let failed = some.iter().map(|id| (id.clone(), why.clone()));
                outcome.failed.extend(failed);
            }
        }
    }
    outcome.say(reader, "", action, &last);
    Ok(outcome)
}

/// Does it with one; says what came of it, or why it was not done.
async fn one(
    reader: &Reader,
    place: &Place,
    action: &Action,
    id: &str,
) -> std::result::Result<Value, String> {
    let Some(spot) = Spot::at(place.clone(), id) else {
        return Err(w::NOT_FOUND.within(reader.language).to_owned());
    };
    match done(reader, &spot, action, Value::Null, None).await {
        Ok(Done::Now(answer)) => Ok(answer),
        Ok(Done::Already | Done::Replayed) => Ok(Value::Null),
        Err(refused) => Err(why(&refused, reader.language)),
    }
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
