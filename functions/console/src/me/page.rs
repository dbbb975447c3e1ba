use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use serde_json::Value;

use super::preferences::{Topic, topics};
use crate::{
    answer::private,
    entities::PROFILE,
    entity::{Field, Input, Kind, Source, field, inputs},
    pages::others,
    web::{Frame, Reader, Refused, Result, Sent, shown},
    words::{fields as f, mine as m, ui as w, values},
};

/// What it takes to join a home.
pub(super) const JOIN: &[Field] = &[field("code", f::INVITATION, Kind::Text).required()];

/// What a person can say of themselves, and do for themselves.
#[derive(Template)]
#[template(path = "me.html")]
struct Page {
    frame: Frame,
    profile: Form,
    topics: Vec<Topic>,
    channels: Vec<&'static str>,
    /// The state of the preferences that the form was made of.
    told_tag: String,
    join: Form,
    /// So that a code is used once.
    once: String,
}

/// A form of the page, as it is filled in.
struct Form {
    inputs: Vec<Input>,
    errors: Vec<String>,
    is_refused: bool,
    tag: String,
}

/// What was sent and refused.
pub(super) struct Again<'a> {
    pub(super) fields: &'static [Field],
    pub(super) sent: &'a Sent,
    pub(super) refused: &'a Refused,
}

/// `GET /me`.
pub(crate) async fn mine(reader: Reader) -> Response {
    shown(&reader, None).await
}

/// The page, with the form that was refused as it was sent.
pub(super) async fn shown(reader: &Reader, again: Option<Again<'_>>) -> Response {
    match made(reader, again.as_ref()).await {
        Ok(page) => {
            let mut answer = private(&page);
            if let Some(again) = again {
                *answer.status_mut() = again.refused.status;
            }
            answer
        }
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

async fn made(reader: &Reader, again: Option<&Again<'_>>) -> Result<Page> {
    let (me, told) = tokio::join!(
        reader.get("/api/users/me"),
        reader.get("/api/users/me/preferences")
    );
    let (me, told) = (me?, told?);
    let channels = values::PERSON_CHANNELS.iter();
    Ok(Page {
        frame: Frame::of(reader, w::MY_PAGES.within(reader.language)),
        profile: form(reader, PROFILE, (&me.value, me.tag.as_deref()), again),
        topics: topics(&told.value, reader.language),
        channels: channels
            .map(|channel| channel.text.within(reader.language))
            .collect(),
        told_tag: told.tag.unwrap_or_default(),
        join: form(reader, JOIN, (&Value::Null, None), again),
        once: reader.once(),
    })
}

fn form(
    reader: &Reader,
    fields: &'static [Field],
    (thing, tag): (&Value, Option<&str>),
    again: Option<&Again<'_>>,
) -> Form {
    // A form is known by its first field.
    let again = again.filter(|again| again.fields[0].name == fields[0].name);
    let none = BTreeMap::new();
    let source = Source {
        thing,
        sent: again.map(|again| again.sent),
        errors: again.map_or(&none, |again| &again.refused.errors),
        known: &BTreeMap::new(),
    };
    Form {
        inputs: inputs(fields, &source, &reader.zone, reader.language),
        errors: again.map_or_else(Vec::new, |again| others(again.refused, fields, reader)),
        is_refused: again.is_some(),
        tag: tag.unwrap_or_default().to_owned(),
    }
}
