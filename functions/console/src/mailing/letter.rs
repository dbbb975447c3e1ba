use axum::{
    http::header,
    response::{Html, IntoResponse, Response},
};

use crate::web::{Filled, Reader};

/// A mail brings its own style, and may show pictures. It runs nothing, sends nothing, and is in a frame of ours or
/// nowhere.
const POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'";

/// `POST /mailings/letter`: a mail that a page of ours has, as a document of its own for a frame of that page.
pub(crate) async fn letter(_: Reader, Filled(sent): Filled) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let html = sent.get("html").unwrap_or_default().to_owned();
    (headers, Html(html)).into_response()
}
