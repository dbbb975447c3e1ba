//! The page behind the link in a mail to itself.

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use kabar_app::{Failure, telling::LinkedLetter};

use super::{
    letter_page::{gone, page},
    page::{is_browser, shown},
    unsubscribe::Token,
};
use crate::frame::{Anyone, Id, Request, Result};

/// The page of a mail, by the link in it: what it said, why it came, and what its person is told of, with the buttons of
/// their links to be told no more. Looking at it changes nothing.
#[utoipa::path(get, path = "/m/{token}/", tag = "telling", params(("token" = String, Path)),
    responses((status = 200, body = String, content_type = "text/html")))]
pub(crate) async fn get_linked_letter(
    _: Anyone,
    Request(app): Request,
    Id(Token(token)): Id<Token>,
    headers: HeaderMap,
) -> Result<Response> {
    let page = |letter: Option<LinkedLetter>| match letter {
        Some(letter) => page(&letter),
        None => (StatusCode::NOT_FOUND, gone()).into_response(),
    };
    match app.linked_letter(&token).await {
        Ok(None) if !is_browser(&headers) => Err(Failure::NotFound.into()),
        found => shown(found, page, &headers),
    }
}
