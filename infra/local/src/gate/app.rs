//! The app: every request that is not the gate's own goes to the deployed HTTP API.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONNECTION, HOST, HeaderName, TRANSFER_ENCODING};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Json, Response};
use serde_json::json;

use super::{Gate, LARGEST_BODY, options};

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Passes a request on to the stack's HTTP API.
pub(super) async fn pass(State(gate): State<Gate>, request: Request) -> Response {
    let Some(deployed) = gate.shared.app.get() else {
        return refuse(
            StatusCode::SERVICE_UNAVAILABLE,
            "Kabar is still starting; try again in a moment.",
        );
    };
    if request.method() == Method::OPTIONS {
        return match deployed.physical_id("ApiFunction") {
            Ok(function) => options::answer(&gate, function, options::event(&request)).await,
            Err(error) => refuse(StatusCode::BAD_GATEWAY, &error.to_string()),
        };
    }
    match deployed.http_api() {
        Ok(api) => {
            let address = format!(
                "{}/_aws/execute-api/{api}/$default{}",
                gate.shared.cloud.url(),
                path(request.uri())
            );
            forward(&gate, address, request).await
        }
        Err(error) => refuse(StatusCode::BAD_GATEWAY, &error.to_string()),
    }
}

/// Sends the request to another address and streams the answer back.
async fn forward(gate: &Gate, address: String, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return refuse(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The body is too large for the local gate.",
        );
    };
    let mut headers = parts.headers;
    if let Some(host) = headers.remove(HOST) {
        headers.insert(FORWARDED_HOST, host);
    }
    drop_hop_headers(&mut headers);
    let sent = gate
        .shared
        .http
        .request(parts.method, address)
        .headers(headers)
        .body(body)
        .send()
        .await;
    match sent {
        Ok(answer) => answer_of(answer),
        Err(error) => refuse(
            StatusCode::BAD_GATEWAY,
            &format!("The emulated cloud does not answer: {error}"),
        ),
    }
}

/// A client's answer as a server's, its body not read but passed on.
pub(super) fn answer_of(answer: reqwest::Response) -> Response {
    let (mut parts, body) = axum::http::Response::from(answer).into_parts();
    drop_hop_headers(&mut parts.headers);
    Response::from_parts(parts, Body::new(body))
}

/// What holds for one connection only.
pub(super) fn drop_hop_headers(headers: &mut HeaderMap) {
    headers.remove(CONNECTION);
    headers.remove(TRANSFER_ENCODING);
}

pub(super) fn path(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", |path| path.as_str())
}

pub(super) fn refuse(status: StatusCode, message: &str) -> Response {
    (
        status,
        Json(json!({"title": "local gate", "status": status.as_u16(), "detail": message})),
    )
        .into_response()
}
