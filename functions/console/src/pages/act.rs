use std::collections::BTreeMap;

use askama::Template;
use axum::{
    http::Method,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::Value;
use url::form_urlencoded::parse;

use super::{form::others, known};
use crate::{
    answer::private,
    entity::{Action, Cell, Field, Input, Source, Spot, cell, document, inputs},
    web::{Answered, Call, Filled, Frame, Reader, Refused, Result, Sent, shown},
    words::ui as w,
};

/// Asks before something is done.
#[derive(Template)]
#[template(path = "act.html")]
pub(crate) struct Confirmation {
    pub(crate) frame: Frame,
    pub(crate) warning: &'static str,
    pub(crate) is_grave: bool,
    pub(crate) inputs: Vec<Input>,
    pub(crate) errors: Vec<String>,
    pub(crate) send: &'static str,
    /// Where whoever thinks better of it goes.
    pub(crate) back: String,
    /// By which it is done once.
    pub(crate) once: String,
    /// The state that it is done in.
    pub(crate) tag: String,
}

/// What came of something.
#[derive(Template)]
#[template(path = "revealed.html")]
struct Revealed {
    frame: Frame,
    /// Whether it is shown now and never again.
    is_once: bool,
    facts: Vec<(&'static str, Cell)>,
    back: String,
}

/// `GET /{kind}/{id}/do/{action}`.
pub(crate) async fn ask(reader: Reader, spot: Spot) -> Response {
    match asked(&reader, &spot, None).await {
        Ok(page) => private(&page),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

fn action_of(spot: &Spot) -> Result<&'static Action> {
    spot.place
        .entity
        .action(&spot.action)
        .ok_or_else(Refused::not_found)
}

async fn asked(reader: &Reader, spot: &Spot, again: Option<(&Sent, &Refused)>) -> Result<Confirmation> {
    let action = action_of(spot)?;
    let entity = spot.place.entity;
    let found = match entity.facts {
        Some(_) => Some(reader.get(spot.api()).await?),
        None => None,
    };
    let mut thing = found.as_ref().map_or(Value::Null, |found| found.value.clone());
    // The address may fill fields in.
    for (name, value) in parse(reader.uri.query().unwrap_or_default().as_bytes()) {
        if action.fields.iter().any(|field| field.name == name) && (thing.is_object() || thing.is_null()) {
            thing[&*name] = Value::from(value);
        }
    }
    let (known, none) = (known(reader, action.fields).await, BTreeMap::new());
    let source = Source {
        thing: &thing,
        sent: again.map(|(sent, _)| sent),
        errors: again.map_or(&none, |(_, refused)| &refused.errors),
        known: &known,
    };
    let label = action.label.within(reader.language);
    let name = found.as_ref().map_or_else(
        || spot.id.clone(),
        |found| entity.heading_of(reader, &found.value),
    );
    Ok(Confirmation {
        frame: Frame::of(reader, format!("{label}: {name}")),
        warning: action.warning.within(reader.language),
        is_grave: action.is_grave,
        inputs: inputs(action.fields, &source, &reader.zone, reader.language),
        errors: again.map_or_else(Vec::new, |(_, refused)| others(refused, action.fields, reader)),
        send: label,
        back: if entity.facts.is_some() {
            spot.href()
        } else {
            spot.place.href()
        },
        once: key(reader, again.map(|(sent, _)| sent)),
        tag: found.and_then(|found| found.tag).unwrap_or_default(),
    })
}

/// The key of a form: that of one that is shown again, so that it is done once whoever sends it how often.
pub(crate) fn key(reader: &Reader, again: Option<&Sent>) -> String {
    let sent = again.and_then(|sent| sent.get("once"));
    sent.map_or_else(|| reader.once(), str::to_owned)
}

/// `POST /{kind}/{id}/do/{action}`.
pub(crate) async fn act(reader: Reader, spot: Spot, Filled(sent): Filled) -> Response {
    let action = match action_of(&spot) {
        Ok(action) => action,
        Err(refused) => return shown::refused(&refused, reader.language),
    };
    let body = document(action.fields, &sent, &reader.zone, true);
    match done(&reader, &spot, action, body, Some(&sent)).await {
        Ok(Done::Replayed) => shown::replayed(reader.language),
        Ok(Done::Already) => Redirect::to(&format!("{}?done=already", spot.href())).into_response(),
        Ok(Done::Now(answer)) => {
            let there = match spot.place.entity.facts {
                Some(_) if !action.is_end => spot.href(),
                _ => spot.place.href(),
            };
            let what = if action.is_end { "removed" } else { "done" };
            let label = action.label.within(reader.language);
            match (action.reveals, action.says) {
                ([], []) => Redirect::to(&format!("{there}?done={what}")).into_response(),
                ([], says) => private(&Revealed {
                    frame: Frame::of(&reader, label),
                    is_once: false,
                    facts: facts_of(&reader, says, &answer),
                    back: there,
                }),
                (reveals, _) => revealed(&reader, label, reveals, &answer, there),
            }
        }
        Err(refused) if refused.leaves_form() => match asked(&reader, &spot, Some((&sent, &refused))).await {
            Ok(page) => {
                let mut answer = private(&page);
                *answer.status_mut() = refused.status;
                answer
            }
            Err(refused) => shown::refused(&refused, reader.language),
        },
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

/// What came of an action.
pub(super) enum Done {
    Now(Value),
    /// It was so already.
    Already,
    /// It was done before.
    Replayed,
}

/// Does it with one thing.
pub(super) async fn done(
    reader: &Reader,
    spot: &Spot,
    action: &Action,
    body: Value,
    sent: Option<&Sent>,
) -> Result<Done> {
    let method = Method::from_bytes(action.method.as_bytes()).map_err(|_| Refused::defect())?;
    let (path, mut body) = (action.path, body);
    let path = match action.named_by {
        Some(member) => {
            body[member] = Value::from(spot.id.as_str());
            path.to_owned()
        }
        None => format!("{}{path}", spot.api()),
    };
    let form = |name| {
        sent.and_then(|sent| sent.get(name))
            .filter(|said| !said.is_empty())
    };
    let call = Call {
        once: form("once").filter(|_| action.is_once),
        tag: form("tag").filter(|_| !action.is_once),
        ..Call::new(method, path, Some(&reader.caller))
    };
    let call = if action.fields.is_empty() {
        call
    } else {
        call.with(body)
    };
    let answered = reader.console.api.ask(call).await?;
    Ok(match answered {
        Answered {
            is_replayed: true, ..
        } => Done::Replayed,
        Answered { is_new: false, .. } if action.is_making => Done::Already,
        answered => Done::Now(answered.value),
    })
}

/// Shows what came of something, once.
pub(crate) fn revealed(
    reader: &Reader,
    title: &str,
    fields: &[Field],
    answer: &Value,
    back: String,
) -> Response {
    private(&Revealed {
        frame: Frame::of(reader, title),
        is_once: true,
        facts: facts_of(reader, fields, answer),
        back,
    })
}

/// Members of an answer, each with what it is called.
pub(super) fn facts_of(reader: &Reader, fields: &[Field], answer: &Value) -> Vec<(&'static str, Cell)> {
    let fact = |field: &Field| {
        (
            field.label.within(reader.language),
            cell(field, answer, &reader.zone, reader.language),
        )
    };
    let facts = fields.iter().map(fact);
    facts.filter(|(_, cell)| !cell.is_blank()).collect()
}
