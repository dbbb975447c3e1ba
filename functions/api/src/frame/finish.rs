use std::time::Duration;

use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use kabar_domain::World;

use super::{Problem, ProblemKind, problem::ProblemBody};
use crate::Api;

/// The header that ties a request, its answer and its log line together.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_REQUEST_ID: usize = 128;
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Ends every request: gives it an id, writes errors in the one form, and logs one line.
pub(crate) async fn finish(State(api): State<Api>, mut request: Request, next: Next) -> Response {
    let world = &*api.app.world;
    let started = world.now();
    let id = request_id(request.headers(), world);
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let method = request.method().clone();
    let wants_problem_json = wants_problem_json(request.headers());
    // The matched path, not the path: that has ids and perhaps tokens in it.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());

    let mut response = next.run(request).await;
    let status = response.status();
    if (status.is_client_error() || status.is_server_error()) && !is_page(response.headers()) {
        write_problem(&mut response, &method, &id, wants_problem_json);
    }
    response.headers_mut().insert(REQUEST_ID, id.clone());
    let took = Duration::try_from(world.now().duration_since(started)).unwrap_or_default();
    log(
        &method,
        route.as_deref().unwrap_or("-"),
        status.as_u16(),
        took,
        &id,
    );
    response
}

/// Whether a handler answers with a page of its own, to a person who came by a browser and has asked for one.
fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn request_id(headers: &HeaderMap, world: &dyn World) -> HeaderValue {
    let given = headers.get(REQUEST_ID).filter(|id| {
        let is_visible = id.as_bytes().iter().all(u8::is_ascii_graphic);
        is_visible && (1..=LONGEST_REQUEST_ID).contains(&id.len())
    });
    given.cloned().unwrap_or_else(|| {
        let mut random = [0; 16];
        world.fill_random(&mut random);
        HeaderValue::from_str(&BASE64.encode(random)).unwrap_or(HeaderValue::from_static("-"))
    })
}

fn wants_problem_json(headers: &HeaderMap) -> bool {
    let accept = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok());
    accept
        .flat_map(|value| value.split(','))
        .any(|one| one.trim().starts_with("application/problem+json"))
}

/// The body of an error, whoever made it: a handler, the router, or the parser of bodies.
fn write_problem(response: &mut Response, method: &Method, id: &HeaderValue, as_problem_json: bool) {
    let status = response.status();
    let made = response.extensions_mut().remove::<Problem>();
    let problem = made.unwrap_or_else(|| ProblemKind::of_status(status).into());
    let (name, title, _) = problem.kind.facts();
    let request_id = status
        .is_server_error()
        .then(|| id.to_str().unwrap_or_default().to_owned());
    let body = ProblemBody {
        kind: format!("/docs/#problem-{name}"),
        title,
        status: status.as_u16(),
        detail: problem.sentence(),
        errors: problem.errors,
        request_id,
    };
    let bytes = serde_json::to_vec(&body).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        if as_problem_json { PROBLEM_JSON } else { JSON },
    );
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    *response.body_mut() = if *method == Method::HEAD {
        Body::empty()
    } else {
        Body::from(bytes)
    };
}

/// One line a request (SPEC §10).
fn log(method: &Method, route: &str, status: u16, took: Duration, id: &HeaderValue) {
    // A u128 would be written as a string, which nobody can add up.
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let id = id.to_str().unwrap_or_default();
    match status {
        500.. => tracing::error!(%method, route, status, took_ms, request_id = id, "request failed"),
        _ => tracing::info!(%method, route, status, took_ms, request_id = id, "request"),
    }
}
