use axum::{
    extract::State,
    http::{HeaderMap, Method, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use lambda_http::request::RequestContext;
use serde_json::{Value, json};

use super::{Asking, door};
use crate::{
    Console,
    asked::Asked,
    entity::{Field, Kind, document, field},
    web::{Anyone, Call, Filled, OpenForm, Reader, Result, done, kept, session_ended, shown},
    words::{fields as f, ui as w},
};

const FIELDS: &[Field] = &[
    field("username", f::USERNAME_OR_EMAIL, Kind::Text)
        .own("username")
        .required(),
    field("password", f::PASSWORD, Kind::Password)
        .own("current-password")
        .required(),
];

const fn asking(next: &str) -> Asking<'_> {
    Asking {
        title: w::LOG_IN,
        note: None,
        text: None,
        fields: FIELDS,
        send: w::LOG_IN,
        next,
        once: "",
        others: &[
            (Some(w::NO_ACCOUNT), "/sign-up", w::SIGN_UP),
            (None, "/forgot", w::FORGOT),
        ],
    }
}

/// `GET /login`.
pub(crate) async fn log_in_form(_: Anyone, asked: Asked) -> Response {
    let asking = Asking {
        note: asked.done.as_deref().map(done),
        ..asking(asked.next.as_deref().unwrap_or_default())
    };
    door(&asking, &asked, None)
}

/// `POST /login`.
pub(crate) async fn log_in(
    _: Anyone,
    State(console): State<Console>,
    OpenForm { asked, sent, from }: OpenForm,
) -> Response {
    let next = sent.get("next").unwrap_or_default();
    match entered(&console, &sent_credentials(&sent), from).await {
        Ok(answer) => (
            AppendHeaders([(header::SET_COOKIE, answer)]),
            Redirect::to(inside(next)),
        )
            .into_response(),
        Err(refused) => door(&asking(next), &asked, Some((&sent, &refused))),
    }
}

fn sent_credentials(sent: &crate::web::Sent) -> Value {
    document(FIELDS, sent, &kabar_domain::Zone::utc(), true)
}

/// Logs in; gives the cookie.
pub(super) async fn entered(
    console: &Console,
    credentials: &Value,
    from: Option<RequestContext>,
) -> Result<axum::http::HeaderValue> {
    let call = Call {
        from,
        ..Call::new(Method::POST, "/api/login", None)
    };
    let pair = console.api.ask(call.with(credentials.clone())).await?.value;
    Ok(kept(pair["refresh"].as_str().unwrap_or_default()))
}

/// Where to go on inside: a page of ours, whatever the address says.
pub(super) fn inside(next: &str) -> &str {
    let is_ours = next.starts_with('/')
        && !next.starts_with("//")
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_ours { next } else { "/" }
}

/// `POST /logout`: the session ends everywhere, whatever else has its tokens.
pub(crate) async fn leave(reader: Reader, headers: HeaderMap, _: Filled) -> Response {
    let session = crate::web::session_of(&headers).unwrap_or_default();
    let body = json!({ "refresh": session });
    if let Err(refused) = reader.send(Method::POST, "/api/logout", body).await {
        // It lives on, and so does its cookie.
        return shown::refused(&refused, reader.language);
    }
    let gone = AppendHeaders([(header::SET_COOKIE, session_ended())]);
    (gone, Redirect::to("/login?done=left")).into_response()
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn nobody_is_led_elsewhere() {
        for next in [
            "//evil.example.com",
            "https://evil.example.com",
            "/\\evil",
            "evil",
            "",
            "/\t/evil",
        ] {
            assert_eq!(inside(next), "/", "{next}");
        }
        assert_eq!(inside("/events?q=x"), "/events?q=x");
    }
}
