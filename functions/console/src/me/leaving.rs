use std::collections::BTreeMap;

use axum::{
    http::{Method, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use serde_json::Value;

use crate::{
    answer::private,
    entity::{Field, Kind, Source, field, inputs},
    pages::{Confirmation, others},
    web::{Call, Filled, Frame, Reader, Refused, Sent, session_ended, shown},
    words::{fields as f, mine as m},
};

const SURE: &[Field] = &[field("username", f::USERNAME, Kind::Text).required()];

/// `GET /me/delete`.
pub(crate) async fn ask_to_delete(reader: Reader) -> Response {
    asked(&reader, None)
}

fn asked(reader: &Reader, again: Option<(&Sent, &Refused)>) -> Response {
    let none = BTreeMap::new();
    let source = Source {
        thing: &Value::Null,
        sent: again.map(|(sent, _)| sent),
        errors: again.map_or(&none, |(_, refused)| &refused.errors),
        known: &BTreeMap::new(),
    };
    let label = m::DELETE.within(reader.language);
    let mut answer = private(&Confirmation {
        frame: Frame::of(reader, label),
        warning: m::DELETE_TEXT.within(reader.language),
        is_grave: true,
        inputs: inputs(SURE, &source, &reader.zone, reader.language),
        errors: again.map_or_else(Vec::new, |(_, refused)| others(refused, SURE, reader)),
        send: label,
        back: "/me".to_owned(),
        once: String::new(),
        tag: String::new(),
    });
    if let Some((_, refused)) = again {
        *answer.status_mut() = refused.status;
    }
    answer
}

/// `POST /me/delete`: for whoever types their own username.
pub(crate) async fn delete(reader: Reader, Filled(sent): Filled) -> Response {
    let typed = sent.get("username").unwrap_or_default().trim().to_lowercase();
    let name = reader.me["username"].as_str().unwrap_or_default();
    if typed != name.to_lowercase() {
        let reason = m::NOT_YOUR_NAME.within(reader.language).to_owned();
        let refused = Refused {
            status: StatusCode::BAD_REQUEST,
            detail: String::new(),
            errors: BTreeMap::from([("username".to_owned(), vec![reason])]),
        };
        return asked(&reader, Some((&sent, &refused)));
    }
    let path = format!("/api/users/{}", reader.me["id"].as_str().unwrap_or_default());
    let call = Call::new(Method::DELETE, path, Some(&reader.caller));
    match reader.console.api.ask(call).await {
        Ok(_) => gone("/login?done=removed"),
        Err(refused) if refused.status == StatusCode::CONFLICT => asked(&reader, Some((&sent, &refused))),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

/// `POST /me/logout`: all sessions of the reader end, this one too.
pub(crate) async fn leave_everywhere(reader: Reader, _: Filled) -> Response {
    let call = Call::new(Method::POST, "/api/logout", Some(&reader.caller));
    match reader.console.api.ask(call).await {
        Ok(_) => gone("/login?done=left"),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

fn gone(there: &str) -> Response {
    let ended = AppendHeaders([(header::SET_COOKIE, session_ended())]);
    (ended, Redirect::to(there)).into_response()
}
