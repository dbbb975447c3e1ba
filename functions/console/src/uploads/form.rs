use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use serde_json::Value;

use crate::{
    answer::private,
    entity::{Field, Input, Source, inputs},
    pages::{key, others},
    web::{Frame, Reader, Refused, Sent},
    words::ui as w,
};

/// A form with a file.
#[derive(Template)]
#[template(path = "upload.html")]
struct Page {
    frame: Frame,
    inputs: Vec<Input>,
    /// What is wrong with no field of the form.
    errors: Vec<String>,
    is_refused: bool,
    text: Option<&'static str>,
    send: &'static str,
    back: String,
    once: String,
}

/// What a form with a file asks for.
pub(super) struct Asking<'a> {
    pub(super) title: String,
    pub(super) text: Option<&'static str>,
    pub(super) fields: &'a [Field],
    pub(super) send: &'static str,
    /// Where whoever does not want to goes.
    pub(super) back: String,
}

/// The form, as it was filled in and refused, if it was. A file has to be chosen anew: no page can do that for anybody.
pub(super) fn shown(reader: &Reader, asking: Asking<'_>, again: Option<(&Sent, &Refused)>) -> Response {
    let none = BTreeMap::new();
    let source = Source {
        thing: &Value::Null,
        sent: again.map(|(sent, _)| sent),
        errors: again.map_or(&none, |(_, refused)| &refused.errors),
        known: &BTreeMap::new(),
    };
    let mut answer = private(&Page {
        frame: Frame::of(reader, asking.title),
        inputs: inputs(asking.fields, &source, &reader.zone, reader.language),
        errors: again.map_or_else(Vec::new, |(_, refused)| others(refused, asking.fields, reader)),
        is_refused: again.is_some(),
        text: asking.text,
        send: asking.send,
        back: asking.back,
        once: key(reader, again.map(|(sent, _)| sent)),
    });
    if let Some((_, refused)) = again {
        *answer.status_mut() = refused.status;
    }
    answer
}
