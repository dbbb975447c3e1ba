use std::time::Duration;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::Console;

/// Ends every request: says what its answer may do in a browser, and logs one line (SPEC §10).
pub(crate) async fn finish(State(console): State<Console>, request: Request, next: Next) -> Response {
    let world = &*console.board.world;
    let started = world.now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());

    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    let status = response.status().as_u16();
    let took = Duration::try_from(world.now().duration_since(started)).unwrap_or_default();
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match status {
        500.. => tracing::error!(%method, route, status, took_ms, "request failed"),
        _ => tracing::info!(%method, route, status, took_ms, "request"),
    }
    response
}
