use axum::{
    extract::State,
    http::Method,
    response::{IntoResponse, Redirect, Response},
};
use kabar_domain::Zone;

use super::{Asking, door, leading};
use crate::{
    Console,
    asked::Asked,
    entity::{Field, Kind, document, field},
    web::{Anyone, Call, OpenForm},
    words::{fields as f, ui as w},
};

const FORGOT: Asking<'_> = Asking {
    title: w::FORGOT,
    note: None,
    text: Some(w::FORGOT_TEXT),
    fields: &[field("email", f::EMAIL, Kind::Email).own("email").required()],
    send: w::SEND_CODE,
    next: "",
    once: "",
    others: &[(None, "/login", w::LOG_IN)],
};

const RESET: Asking<'_> = Asking {
    title: w::RESET,
    note: None,
    text: Some(w::CODE_SENT),
    fields: RESET_FIELDS,
    send: w::RESET,
    next: "",
    once: "",
    others: &[(None, "/forgot", w::SEND_CODE)],
};

const RESET_FIELDS: &[Field] = &[
    field("token", f::RESET_CODE, Kind::Text)
        .own("one-time-code")
        .required(),
    field("password", f::NEW_PASSWORD, Kind::Password)
        .own("new-password")
        .required()
        .hint(f::PASSWORD_HINT),
];

/// `GET /forgot`.
pub(crate) async fn forgot_form(_: Anyone, asked: Asked) -> Response {
    door(&FORGOT, &asked, None)
}

/// `POST /forgot`: says the same whether or not the address is known.
pub(crate) async fn forgot(
    _: Anyone,
    State(console): State<Console>,
    OpenForm { asked, sent, .. }: OpenForm,
) -> Response {
    let body = document(FORGOT.fields, &sent, &Zone::utc(), true);
    let begun = console
        .api
        .ask(Call::new(Method::POST, "/api/password/forgot", None).with(body))
        .await;
    match begun {
        Ok(_) => Redirect::to(&leading("/reset", &asked, "")).into_response(),
        Err(refused) => door(&FORGOT, &asked, Some((&sent, &refused))),
    }
}

/// `GET /reset`.
pub(crate) async fn reset_form(_: Anyone, asked: Asked) -> Response {
    door(&RESET, &asked, None)
}

/// `POST /reset`.
pub(crate) async fn reset(
    _: Anyone,
    State(console): State<Console>,
    OpenForm { asked, sent, .. }: OpenForm,
) -> Response {
    let body = document(RESET_FIELDS, &sent, &Zone::utc(), true);
    let done = console
        .api
        .ask(Call::new(Method::POST, "/api/password/reset", None).with(body))
        .await;
    match done {
        Ok(_) => Redirect::to(&leading("/login?done=reset", &asked, "")).into_response(),
        Err(refused) => door(&RESET, &asked, Some((&sent, &refused))),
    }
}
