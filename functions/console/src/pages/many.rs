use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::future::join_all;
use serde_json::Value;

use super::act::done;
use crate::{
    answer::private,
    entity::{Place, Spot},
    web::{Filled, Frame, Reader, Refused, shown},
    words::{reason, ui as w},
};

/// As many as a page of a list has.
const MOST: usize = 200;
/// How many are worked on at a time.
const AT_ONCE: usize = 8;

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
        return Redirect::to(&spot.place.href()).into_response();
    }
    let outcome = match sent.get("sure") {
        None => None,
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

/// Does it with one; says why not, if it was not done.
async fn one(
    reader: &Reader,
    place: &Place,
    action: &crate::entity::Action,
    id: &str,
) -> Option<(String, String)> {
    let Some(spot) = Spot::at(place.clone(), id) else {
        return Some((id.to_owned(), w::NOT_FOUND.within(reader.language).to_owned()));
    };
    let refused = done(reader, &spot, action, Value::Null, None).await.err()?;
    let why = match refused.detail.as_str() {
        "" if refused.status == Refused::not_found().status => {
            w::NOT_FOUND.within(reader.language).to_owned()
        }
        "" => w::NOT_ALLOWED.within(reader.language).to_owned(),
        detail => reason(detail, reader.language),
    };
    Some((id.to_owned(), why))
}
