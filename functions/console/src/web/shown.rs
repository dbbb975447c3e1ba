//! Pages about what was not done.

use askama::Template;
use axum::{
    extract::MatchedPath,
    http::{StatusCode, Uri},
    response::Response,
};
use kabar_domain::Language;

use super::{Anyone, Frame, Refused};
use crate::{
    answer::private,
    asked::Asked,
    routes::page_above,
    words::{Text, ui as w},
};

/// A page that says why something was not done.
#[derive(Template)]
#[template(path = "refused.html")]
struct Page {
    frame: Frame,
    texts: Vec<String>,
    /// A page to go on from, beside the overview.
    there: Option<String>,
}

/// Why the API refused it.
pub(crate) fn refused(refused: &Refused, language: Language) -> Response {
    let (heading, text) = match refused.status {
        StatusCode::NOT_FOUND => (w::NOT_FOUND, w::NOT_FOUND_TEXT),
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => (w::NOT_ALLOWED, w::NOT_ALLOWED_TEXT),
        StatusCode::PRECONDITION_FAILED => (w::CHANGED, w::CHANGED_TEXT),
        StatusCode::TOO_MANY_REQUESTS => (w::TOO_MANY_TRIES, w::NOT_NOW_TEXT),
        StatusCode::UNPROCESSABLE_ENTITY => (w::REPLAYED, w::SENT_OTHERWISE_TEXT),
        StatusCode::PAYLOAD_TOO_LARGE => (w::TOO_LARGE, w::TOO_LARGE_TEXT),
        status if status.is_client_error() => (w::CONFLICT, w::FORGED_TEXT),
        _ => (w::NOT_NOW, w::NOT_NOW_TEXT),
    };
    let detail = crate::words::reason(&refused.detail, language);
    let errors = refused.errors.values().flatten();
    let errors = errors.map(|reason| crate::words::reason(reason, language));
    let mut texts: Vec<String> = std::iter::once(detail)
        .chain(errors)
        .filter(|text| !text.is_empty())
        .collect();
    // What the API says of its headers is for programs.
    let is_of_headers = matches!(
        refused.status,
        StatusCode::PRECONDITION_FAILED | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::TOO_MANY_REQUESTS
    );
    if texts.is_empty() || is_of_headers {
        texts = vec![text.within(language).to_owned()];
    }
    said(refused.status, heading, texts, None, language)
}

/// That a form is none of ours.
pub(crate) fn forged(language: Language) -> Response {
    let text = w::FORGED_TEXT.within(language).to_owned();
    said(StatusCode::FORBIDDEN, w::FORGED, vec![text], None, language)
}

/// That a form was sent before.
pub(crate) fn replayed(language: Language) -> Response {
    let text = w::REPLAYED_TEXT.within(language).to_owned();
    said(StatusCode::CONFLICT, w::REPLAYED, vec![text], None, language)
}

/// That an address cannot be asked for in this way: mostly one that only takes forms, opened as a page.
pub(crate) async fn no_such_method(
    _: Anyone,
    asked: Asked,
    route: Option<MatchedPath>,
    uri: Uri,
) -> Response {
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    let there = page_above(route, uri.path()).to_owned();
    let text = w::FORMS_ONLY_TEXT.within(asked.language).to_owned();
    let status = StatusCode::METHOD_NOT_ALLOWED;
    said(status, w::FORMS_ONLY, vec![text], Some(there), asked.language)
}

fn said(
    status: StatusCode,
    heading: Text,
    texts: Vec<String>,
    there: Option<String>,
    language: Language,
) -> Response {
    let frame = Frame::for_anyone(language, heading.within(language));
    let mut answer = private(&Page { frame, texts, there });
    *answer.status_mut() = status;
    answer
}
