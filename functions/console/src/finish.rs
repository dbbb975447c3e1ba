use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use kabar_api::frame::{Line, REQUEST_ID};

use crate::{Console, web::as_part_of};

/// Ends every request: gives it an id, which what it asks of the API has too, says what its answer may do in a browser,
/// and logs one line (SPEC §10).
pub(crate) async fn finish(State(console): State<Console>, request: Request, next: Next) -> Response {
    let world = &*console.board.world;
    let line = Line::begin(&request, world);
    let mut response = as_part_of(line.id.clone(), next.run(request)).await;
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, line.id.clone());
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    line.end(world, response.status());
    response
}
