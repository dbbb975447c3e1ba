//! The page behind a link in a mail: what it is about, and a button. Nothing happens until the button is pressed, or a
//! mail program says in its stead that it was (RFC 8058).

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kabar_app::{Failure, telling::Subscribed};
use kabar_domain::Invalid;
use utoipa::ToSchema;

use super::page::{Page, no_such_link};
use crate::frame::{Anyone, Fields, Id, InPath, Request, Result, TextForm};

/// What stands in a link; whether it is good is for its key to say.
pub(crate) struct Token(String);

impl InPath for Token {
    fn read(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }
}

/// What the button says, or a mail program in its stead.
#[derive(ToSchema)]
#[schema(as = Unsubscribe)]
#[expect(dead_code, reason = "only for the document: a form is read field by field")]
pub(crate) struct UnsubscribeForm {
    /// From mail programs (RFC 8058): `One-Click`, which means `stop`.
    #[schema(required = false, example = "One-Click")]
    #[serde(rename = "List-Unsubscribe")]
    list_unsubscribe: String,
    /// From the page: `stop` or `resume`.
    #[schema(required = false, example = "stop")]
    action: String,
}

/// Whether such mails are wanted, as a form says it.
fn wants(form: &TextForm) -> Result<bool> {
    let mut fields = Fields::default();
    let wants = match (form.get("List-Unsubscribe"), form.get("action")) {
        (Some("One-Click"), None) | (None, Some("stop")) => Some(false),
        (None, Some("resume")) => Some(true),
        (Some(_), _) => fields.refuse(
            "List-Unsubscribe",
            Invalid::because("Must be One-Click, and alone."),
        ),
        (None, _) => fields.refuse("action", Invalid::because("Must be stop or resume.")),
    };
    fields.all(wants)
}

/// The page, or if there is no such link, a page that says so to whoever came by a browser.
fn shown(found: kabar_app::Result<Subscribed>, page: Page, headers: &HeaderMap) -> Result<Response> {
    match found {
        Ok(subscribed) => Ok(page.of(&subscribed).into_response()),
        Err(Failure::NotFound) if is_browser(headers) => {
            Ok((StatusCode::NOT_FOUND, no_such_link()).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

fn is_browser(headers: &HeaderMap) -> bool {
    let accept = headers.get_all(header::ACCEPT).into_iter();
    let mut accept = accept.filter_map(|value| value.to_str().ok());
    accept.any(|value| value.contains("text/html"))
}

/// The page of a link in a mail: what would stop, and a button. Looking at it changes nothing.
#[utoipa::path(get, path = "/u/{token}/", tag = "telling", params(("token" = String, Path)),
    responses((status = 200, body = String, content_type = "text/html")))]
pub(crate) async fn get_unsubscribe(
    _: Anyone,
    Request(app): Request,
    Id(Token(token)): Id<Token>,
    headers: HeaderMap,
) -> Result<Response> {
    shown(app.subscription(&token).await, Page::Asks, &headers)
}

/// Be told no more of what a mail was about, or again, from the next message on. The link in the mail is enough.
#[utoipa::path(post, path = "/u/{token}/", tag = "telling", params(("token" = String, Path)),
    request_body(content((UnsubscribeForm = "application/x-www-form-urlencoded"),
                         (UnsubscribeForm = "multipart/form-data"))),
    responses((status = 200, body = String, content_type = "text/html")))]
pub(crate) async fn unsubscribe(
    _: Anyone,
    Request(app): Request,
    Id(Token(token)): Id<Token>,
    headers: HeaderMap,
    form: TextForm,
) -> Result<Response> {
    let wants = wants(&form)?;
    shown(app.subscribe(&token, wants).await, Page::Done, &headers)
}
