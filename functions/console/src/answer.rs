//! Pages as answers.

use std::sync::LazyLock;

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use kabar_app::Failure;
use kabar_domain::Language;
use sha2::{Digest, Sha256};

use crate::{
    language::preferred,
    words::{self, Words},
};

/// The style of every page, in the page: one request, and nothing to keep.
pub(crate) const STYLE: &str = include_str!("../templates/style.css");
/// For how long whoever stands between may keep what is here, in seconds: news of power is told within a minute.
pub(crate) const KEPT_FOR: &str = "public, max-age=30";

/// Runs nothing, is framed by nobody, takes nothing from elsewhere.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = BASE64.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
});

/// Pictures of posters lie in a bucket with an address of its own.
const OWN_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
     img-src 'self' data: https: http://localhost:*; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page that says that something is not there, or does not work.
#[derive(Template)]
#[template(path = "sorry.html")]
struct Sorry {
    words: &'static Words,
    heading: &'static str,
    text: &'static str,
}

/// A page as it is sent.
pub(crate) fn page(template: &impl Template) -> Response {
    let Ok(html) = template.render() else {
        // Nothing in a page can fail but writing it into memory.
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY.as_str()),
        (header::CACHE_CONTROL, KEPT_FOR),
        (header::VARY, "accept-language"),
    ];
    (headers, Html(html)).into_response()
}

/// A page that is somebody's own: nobody keeps it, and it runs and shows nothing but ours, and pictures of the API.
pub(crate) fn private(template: &impl Template) -> Response {
    let Ok(html) = template.render() else {
        // Nothing in a page can fail but writing it into memory.
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, OWN_POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Html(html)).into_response()
}

/// A page about a failure.
pub(crate) fn sorry(failure: &Failure, language: Language) -> Response {
    let words = words::of(language);
    let (status, heading, text) = match failure {
        Failure::NotFound => (StatusCode::NOT_FOUND, words.no_page, words.no_page_text),
        _ => {
            tracing::error!(error = %failure, "a page could not be made");
            (StatusCode::SERVICE_UNAVAILABLE, words.not_now, words.not_now_text)
        }
    };
    let mut answer = page(&Sorry { words, heading, text });
    *answer.status_mut() = status;
    if status.is_server_error() {
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    answer
}

/// Where there is nothing.
pub(crate) async fn no_such_page(headers: HeaderMap) -> Response {
    sorry(&Failure::NotFound, preferred(&headers))
}
