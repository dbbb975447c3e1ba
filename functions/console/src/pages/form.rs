use std::collections::BTreeMap;

use askama::Template;
use axum::{
    http::Method,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::Value;

use super::{
    act::{key, revealed},
    known,
};
use crate::{
    answer::private,
    entity::{Field, Input, Kind, Source, Spot, document, inputs},
    mailing::{doubted, is_doubted, unseen, usual},
    web::{Answered, Call, Filled, Frame, Reader, Refused, Sent, shown},
    words::{Text, reason, ui as w},
};

/// A form for a thing, new or there.
#[derive(Template)]
#[template(path = "form.html")]
struct Page {
    frame: Frame,
    inputs: Vec<Input>,
    /// What is wrong with no field of the form.
    errors: Vec<String>,
    is_refused: bool,
    /// Where it goes.
    action: String,
    send: &'static str,
    /// Where whoever does not want to goes.
    back: String,
    once: String,
    tag: String,
    /// What has to be confirmed before it is done.
    doubt: Option<&'static str>,
    /// What is beside it, and of what it is, where what is written is shown.
    beside: Option<(String, String)>,
}

/// What a form is filled with.
struct Filling<'f> {
    thing: &'f Value,
    sent: Option<&'f Sent>,
    refused: Option<&'f Refused>,
    tag: &'f str,
    /// What is beside it, if that is known.
    beside: Option<String>,
    /// What has to be confirmed before it is done.
    doubt: Option<Text>,
}

/// `GET /{kind}/new`; the address may fill fields in, and clocks stand as that of whoever reads.
pub(crate) async fn new(reader: Reader, spot: Spot) -> Response {
    let query = reader.uri.query().unwrap_or_default().as_bytes();
    let mut asked = match spot.place.entity.is_previewed {
        true => usual(),
        false => Value::Object(serde_json::Map::new()),
    };
    let zones = spot.place.entity.create.iter();
    for field in zones.filter(|field| matches!(field.kind, Kind::Zone)) {
        asked[field.name] = Value::from(reader.zone.name());
    }
    for (name, value) in url::form_urlencoded::parse(query) {
        // A list is found by the name that a thing shows; a new one may be asked for by another.
        let mut fields = spot.place.entity.create.iter();
        let fits = |field: &&Field| field.name == name || field.name.strip_suffix("_id") == Some(&*name);
        if let Some(field) = fields.find(fits) {
            asked[field.name] = Value::from(value);
        }
    }
    let filling = Filling {
        thing: &asked,
        sent: None,
        refused: None,
        tag: "",
        beside: None,
        doubt: None,
    };
    shown_form(&reader, &spot, filling).await
}

/// `POST /{kind}`: makes one. A form that is sent twice makes one, and says so.
pub(crate) async fn create(reader: Reader, spot: Spot, Filled(sent): Filled) -> Response {
    let body = document(spot.place.entity.create, &sent, &reader.zone, true);
    if spot.place.entity.is_previewed && is_doubted(&sent, &body) {
        return doubted(&reader, &spot, &sent).await;
    }
    let call = Call {
        once: sent.get("once"),
        ..Call::new(Method::POST, spot.place.api(), Some(&reader.caller))
    };
    let answered = reader.console.api.ask(call.with(body)).await;
    match answered {
        Ok(answered) if answered.is_replayed => shown::replayed(reader.language),
        Ok(answered) => created(&reader, &spot, &answered),
        Err(refused) => again(&reader, &spot, &sent, &refused, &Value::Null).await,
    }
}

fn created(reader: &Reader, spot: &Spot, answered: &Answered) -> Response {
    let entity = spot.place.entity;
    let id = entity.id_of(&answered.value);
    let there = match entity.facts {
        Some(_) if !id.is_empty() => format!("{}/{id}", spot.place.href()),
        _ => spot.place.href(),
    };
    match entity.reveals {
        [] if !answered.is_new => Redirect::to(&format!("{there}?done=already")).into_response(),
        [] => Redirect::to(&format!("{there}?done=created")).into_response(),
        fields => revealed(
            reader,
            entity.one.within(reader.language),
            fields,
            &answered.value,
            there,
        ),
    }
}

/// `GET /{kind}/{id}/edit`.
pub(crate) async fn edit(reader: Reader, spot: Spot) -> Response {
    match reader.get(spot.api()).await {
        Ok(found) => {
            let filling = Filling {
                thing: &found.value,
                sent: None,
                refused: None,
                tag: found.tag.as_deref().unwrap_or_default(),
                beside: None,
                doubt: None,
            };
            shown_form(&reader, &spot, filling).await
        }
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

/// `POST /{kind}/{id}/edit`: changes the state that the form was made of, and no other.
pub(crate) async fn change(reader: Reader, spot: Spot, Filled(sent): Filled) -> Response {
    let body = document(spot.place.entity.change, &sent, &reader.zone, false);
    if spot.place.entity.is_previewed && is_doubted(&sent, &body) {
        return doubted(&reader, &spot, &sent).await;
    }
    let call = Call {
        tag: sent.get("tag").filter(|tag| !tag.is_empty()),
        ..Call::new(Method::PATCH, spot.api(), Some(&reader.caller))
    };
    match reader.console.api.ask(call.with(body)).await {
        Ok(_) => Redirect::to(&format!("{}?done=saved", spot.href())).into_response(),
        Err(refused) => again(&reader, &spot, &sent, &refused, &Value::Null).await,
    }
}

/// The form as it was filled in, with what is wrong at its fields; a page of its own for what is wrong with all of it.
async fn again(reader: &Reader, spot: &Spot, sent: &Sent, refused: &Refused, thing: &Value) -> Response {
    if !refused.leaves_form() {
        return shown::refused(refused, reader.language);
    }
    let filling = Filling {
        thing,
        sent: Some(sent),
        refused: Some(refused),
        tag: sent.get("tag").unwrap_or_default(),
        beside: None,
        doubt: None,
    };
    let mut answer = shown_form(reader, spot, filling).await;
    *answer.status_mut() = refused.status;
    answer
}

/// The form as it was filled in, beside what that is; sent once more, it is done in spite of a doubt.
pub(crate) async fn looked_at(
    reader: &Reader,
    spot: &Spot,
    sent: &Sent,
    beside: String,
    doubt: Option<Text>,
) -> Response {
    let filling = Filling {
        thing: &Value::Null,
        sent: Some(sent),
        refused: None,
        tag: sent.get("tag").unwrap_or_default(),
        beside: Some(beside),
        doubt,
    };
    shown_form(reader, spot, filling).await
}

async fn shown_form(reader: &Reader, spot: &Spot, filling: Filling<'_>) -> Response {
    let entity = spot.place.entity;
    let is_new = spot.id.is_empty();
    let fields: &[Field] = if is_new { entity.create } else { entity.change };
    if fields.is_empty() {
        return shown::refused(&Refused::not_found(), reader.language);
    }
    let known = known(reader, fields).await;
    let none = BTreeMap::new();
    let source = Source {
        thing: filling.thing,
        sent: filling.sent,
        errors: filling.refused.map_or(&none, |refused| &refused.errors),
        known: &known,
    };
    let one = entity.one.within(reader.language);
    let title = match is_new {
        true => format!("{}: {}", w::NEW.within(reader.language), one),
        false => format!("{}: {}", w::EDIT.within(reader.language), one),
    };
    let mut frame = Frame::of(reader, title);
    if filling.sent.is_some() {
        // Where the form was sent to is another page than that which has it, or none.
        frame.here = if is_new {
            format!("{}/new", spot.place.href())
        } else {
            format!("{}/edit", spot.href())
        };
    }
    private(&Page {
        frame,
        inputs: inputs(fields, &source, &reader.zone, reader.language),
        errors: filling
            .refused
            .map_or_else(Vec::new, |refused| others(refused, fields, reader)),
        action: if is_new {
            spot.place.href()
        } else {
            format!("{}/edit", spot.href())
        },
        is_refused: filling.refused.is_some(),
        send: if is_new { w::CREATE } else { w::SAVE }.within(reader.language),
        back: if is_new { spot.place.href() } else { spot.href() },
        once: key(reader, filling.sent),
        tag: filling.tag.to_owned(),
        doubt: filling.doubt.map(|doubt| doubt.within(reader.language)),
        beside: entity
            .is_previewed
            .then(|| (filling.beside.unwrap_or_else(|| unseen(reader)), spot.id.clone())),
    })
}

/// What is wrong with nothing that the form asks for.
pub(crate) fn others(refused: &Refused, fields: &[Field], reader: &Reader) -> Vec<String> {
    let elsewhere = refused
        .errors
        .iter()
        .filter(|(name, _)| !fields.iter().any(|field| is_about(name, field)));
    let reasons = elsewhere.flat_map(|(name, reasons)| reasons.iter().map(move |text| (Some(name), text)));
    if refused.status.is_server_error() {
        return vec![w::NOT_NOW_TEXT.within(reader.language).to_owned()];
    }
    let detail = (!refused.detail.is_empty() && !refused.names_fields()).then_some((None, &refused.detail));
    reasons
        .chain(detail)
        .map(|(name, text)| match name {
            Some(name) => format!("{name}: {}", reason(text, reader.language)),
            None => reason(text, reader.language),
        })
        .collect()
}

/// Whether an error of this name can stand at a field: it has the name, or is a part of what has.
fn is_about(name: &str, field: &Field) -> bool {
    let rest = field.name.strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
