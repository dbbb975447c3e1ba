use axum::{
    Router,
    http::{HeaderValue, header},
    response::{Html, IntoResponse},
    routing::get,
};

use crate::Api;

/// The document, as committed; a test holds it to the code.
const DOCUMENT: &str = include_str!("../openapi.json");
/// A page to read and try it, complete in one file.
const PAGE: &str = include_str!("docs.html");

/// The documentation, which works without any other host.
pub(crate) fn pages() -> Router<Api> {
    let document = || async {
        let json = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, json)], DOCUMENT).into_response()
    };
    let page = || async { Html(PAGE) };
    Router::new()
        .route("/openapi.json", get(document))
        .route("/docs", get(page))
}
