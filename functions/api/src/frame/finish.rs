use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};

use super::{
    Problem, ProblemKind,
    entity::conditional_get,
    line::{Line, REQUEST_ID},
    problem::ProblemBody,
};
use crate::Api;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Ends every request but an OPTIONS: gives it an id, answers 304 where nothing changed, writes errors in the one form,
/// and logs one line.
pub(crate) async fn finish(State(api): State<Api>, mut request: Request, next: Next) -> Response {
    let world = &*api.app.world;
    let line = Line::begin(&request, world);
    let id = line.id.clone();
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let method = request.method().clone();
    let wants_problem_json = wants_problem_json(request.headers());

    let mut response = conditional_get(request, next).await;
    let status = response.status();
    if (status.is_client_error() || status.is_server_error()) && !is_page(response.headers()) {
        write_problem(&mut response, &method, &id, wants_problem_json);
    }
    response.headers_mut().insert(REQUEST_ID, id.clone());
    line.end(world, response.status());
    response
}

/// Whether a handler answers with a page of its own, to a person who came by a browser and has asked for one.
fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
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
