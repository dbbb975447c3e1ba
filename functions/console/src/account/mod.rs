//! How people come in and go.

mod forgot;
mod language;
mod log_in;
mod sign_up;

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use kabar_domain::{Language, Zone};
use serde_json::Value;
use url::form_urlencoded::Serializer;

use crate::{
    answer::private,
    asked::Asked,
    entity::{Field, Input, Source, inputs},
    web::{Frame, Refused, Sent},
    words::{Text, reason, ui as w},
};

pub(crate) use forgot::{forgot, forgot_form, reset, reset_form};
pub(crate) use language::speak;
pub(crate) use log_in::{leave, log_in, log_in_form};
pub(crate) use sign_up::{sign_up, sign_up_form};

/// A form for whoever is not logged in.
#[derive(Template)]
#[template(path = "door.html")]
struct Door {
    frame: Frame,
    text: Option<&'static str>,
    inputs: Vec<Input>,
    errors: Vec<String>,
    send: &'static str,
    /// Where to go on, once inside.
    next: String,
    /// By which a form that is sent twice is known again; empty where that does nothing twice.
    once: String,
    /// Other doors: what they say first, where they are, and what they are called.
    others: Vec<(&'static str, String, &'static str)>,
}

/// What a form for anybody asks for.
struct Asking<'a> {
    title: Text,
    /// That something was done.
    note: Option<Text>,
    text: Option<Text>,
    fields: &'a [Field],
    send: Text,
    next: &'a str,
    /// By which a form that is sent twice is known again; empty where that does nothing twice.
    once: &'a str,
    others: &'a [(Option<Text>, &'static str, Text)],
}

/// A form, as it was filled in and refused, if it was.
fn door(asking: &Asking<'_>, asked: &Asked, again: Option<(&Sent, &Refused)>) -> Response {
    let language = asked.language;
    let none = BTreeMap::new();
    let source = Source {
        thing: &Value::Null,
        sent: again.map(|(sent, _)| sent),
        errors: again.map_or(&none, |(_, refused)| &refused.errors),
        known: &BTreeMap::new(),
    };
    let errors = again.map_or_else(Vec::new, |(_, refused)| said(refused, asking.fields, language));
    let say = |text: Text| text.within(language);
    let mut answer = private(&Door {
        frame: Frame {
            note: asking.note.map(say),
            other_language: Some(query(Some(say(w::OTHER_CODE)), asking.next)),
            ..Frame::for_anyone(language, say(asking.title))
        },
        text: asking.text.map(say),
        inputs: inputs(asking.fields, &source, &Zone::utc(), language),
        errors,
        send: say(asking.send),
        next: asking.next.to_owned(),
        once: asking.once.to_owned(),
        others: asking
            .others
            .iter()
            .map(|(first, href, text)| {
                (
                    first.map_or("", say),
                    leading(href, asked, asking.next),
                    say(*text),
                )
            })
            .collect(),
    });
    if let Some((_, refused)) = again {
        *answer.status_mut() = refused.status;
    }
    answer
}

/// The address of another door, which speaks the same language and leads to the same place.
fn leading(door: &str, asked: &Asked, next: &str) -> String {
    let query = query(asked.said.map(Language::code), next);
    match door.contains('?') {
        true => format!("{door}{}", query.replacen('?', "&", 1)),
        false => format!("{door}{query}"),
    }
}

/// The query of a door that speaks a language and leads on; nothing, where there is nothing to say.
fn query(language: Option<&str>, next: &str) -> String {
    let mut query = Serializer::for_suffix(String::from("?"), 1);
    query.extend_pairs(language.map(|code| ("lang", code)));
    query.extend_pairs(Some(("next", next)).filter(|_| !next.is_empty()));
    let query = query.finish();
    if query == "?" { String::new() } else { query }
}

/// What is wrong with the whole of a form.
fn said(refused: &Refused, fields: &[Field], language: Language) -> Vec<String> {
    let say = |text: Text| vec![text.within(language).to_owned()];
    match refused.status.as_u16() {
        401 => say(w::WRONG_CREDENTIALS),
        422 => say(w::SIGNED_UP),
        429 => say(w::TOO_MANY_TRIES),
        500.. => say(w::NOT_NOW_TEXT),
        _ => {
            let elsewhere = refused
                .errors
                .iter()
                .filter(|(name, _)| !fields.iter().any(|field| field.name == **name));
            let reasons = elsewhere.flat_map(|(_, reasons)| reasons);
            let detail = Some(&refused.detail).filter(|text| !text.is_empty() && refused.errors.is_empty());
            reasons.chain(detail).map(|text| reason(text, language)).collect()
        }
    }
}
