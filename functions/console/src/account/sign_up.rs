use axum::{
    extract::State,
    http::{Method, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use kabar_domain::Zone;
use serde_json::json;

use super::{
    Asking, door, leading,
    log_in::{entered, inside},
};
use crate::{
    Console,
    asked::Asked,
    entities::SIGN_UP,
    entity::document,
    web::{Anyone, Call, OpenForm},
    words::ui as w,
};

const fn asking<'a>(next: &'a str, once: &'a str) -> Asking<'a> {
    Asking {
        title: w::SIGN_UP,
        note: None,
        text: None,
        fields: SIGN_UP,
        send: w::SIGN_UP,
        next,
        once,
        others: &[(Some(w::HAS_ACCOUNT), "/login", w::LOG_IN)],
    }
}

/// `GET /sign-up`.
pub(crate) async fn sign_up_form(_: Anyone, State(console): State<Console>, asked: Asked) -> Response {
    let next = asked.next.as_deref().unwrap_or_default();
    door(&asking(next, &console.once()), &asked, None)
}

/// `POST /sign-up`: makes an account, and logs in. A form that is sent twice makes one, and logs in.
pub(crate) async fn sign_up(
    _: Anyone,
    State(console): State<Console>,
    OpenForm { asked, sent, from }: OpenForm,
) -> Response {
    let next = sent.get("next").unwrap_or_default();
    let mut body = document(SIGN_UP, &sent, &Zone::utc(), true);
    // Where a browser says nothing, there is nothing to choose among.
    if body["language"].is_null() {
        body["language"] = json!(asked.language.code());
    }
    let once = sent.get("once").unwrap_or_default();
    let call = Call {
        once: Some(once).filter(|once| !once.is_empty()),
        ..Call::new(Method::POST, "/api/users", None)
    };
    if let Err(refused) = console.api.ask(call.with(body)).await {
        // A key that was good for another form is good for nothing more.
        let anew = console.once();
        let is_spent = refused.status == StatusCode::UNPROCESSABLE_ENTITY;
        let once = if is_spent { &anew } else { once };
        return door(&asking(next, once), &asked, Some((&sent, &refused)));
    }
    let credentials = json!({"username": sent.get("username"), "password": sent.get("password")});
    match entered(&console, &credentials, from).await {
        Ok(cookie) => {
            let cookie = AppendHeaders([(header::SET_COOKIE, cookie)]);
            let there = match inside(next) {
                "/" => "/?done=welcome",
                next => next,
            };
            (cookie, Redirect::to(there)).into_response()
        }
        Err(_) => Redirect::to(&leading("/login", &asked, next)).into_response(),
    }
}
