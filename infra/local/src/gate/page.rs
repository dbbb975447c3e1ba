//! The page at `/_local/`: what left the system, to look at. It needs nothing from elsewhere.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Redirect, Response};

/// Scripts and styles are the page's own; a mail is shown in a frame that may run nothing.
const POLICY: &str =
    "default-src 'self'; img-src data: https:; style-src 'self' 'unsafe-inline'; frame-src 'self'";

pub(super) async fn redirect() -> Redirect {
    Redirect::permanent("/_local/")
}

pub(super) async fn page() -> Response {
    let headers = [(CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-store")];
    (headers, Html(include_str!("page/index.html"))).into_response()
}

pub(super) async fn style() -> Response {
    (
        [(CONTENT_TYPE, "text/css"), (CACHE_CONTROL, "no-store")],
        include_str!("page/page.css"),
    )
        .into_response()
}

pub(super) async fn script() -> Response {
    let headers = [(CONTENT_TYPE, "text/javascript"), (CACHE_CONTROL, "no-store")];
    (headers, include_str!("page/page.js")).into_response()
}
