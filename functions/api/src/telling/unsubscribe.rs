//! The page behind a link in a mail: what it is about, and a button. Nothing happens until the button is pressed, or a
//! mail program says in its stead that it was (RFC 8058).

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kabar_domain::Invalid;
use utoipa::ToSchema;

use super::page::{Page, shown};
use crate::frame::{Anyone, Fields, Id, InPath, Request, Result, TextForm};

/// What stands in a link; whether it is good is for its key to say.
pub(crate) struct Token(pub(super) String);

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

/// The page of a link in a mail: what would stop, and a button. Looking at it changes nothing.
#[utoipa::path(get, path = "/u/{token}/", tag = "telling", params(("token" = String, Path)),
    responses((status = 200, body = String, content_type = "text/html")))]
pub(crate) async fn get_unsubscribe(
    _: Anyone,
    Request(app): Request,
    Id(Token(token)): Id<Token>,
    headers: HeaderMap,
) -> Result<Response> {
    let found = app.subscription(&token).await;
    shown(found, |found| Page::Asks.of(&found).into_response(), &headers)
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
    let done = app.subscribe(&token, wants).await;
    shown(done, |done| Page::Done.of(&done).into_response(), &headers)
}
