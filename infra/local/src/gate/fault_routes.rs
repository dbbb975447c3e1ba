//! `/_local/faults`: ask for faults, see those still to come, forget them.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use serde_json::{Value, json};

use super::Gate;
use super::faults::Fault;

/// The faults still to come.
pub(super) async fn list(State(gate): State<Gate>) -> Json<Value> {
    Json(json!({"faults": gate.shared.faults.list()}))
}

/// Adds one fault. The body is read whatever its type says, so that `curl -d` works.
pub(super) async fn add(State(gate): State<Gate>, body: Bytes) -> Response {
    let fault = match serde_json::from_slice::<Fault>(&body) {
        Ok(fault) => fault,
        Err(error) => return refuse(&error.to_string()),
    };
    if let Some(problem) = fault.problem() {
        return refuse(problem);
    }
    gate.shared.faults.add(fault.clone());
    (StatusCode::CREATED, Json(fault)).into_response()
}

/// Forgets all faults and releases hanging calls.
pub(super) async fn clear(State(gate): State<Gate>) -> StatusCode {
    gate.shared.faults.clear();
    StatusCode::NO_CONTENT
}

fn refuse(problem: &str) -> Response {
    let usage = "{service: ses|dynamodb|sqs|s3|sms|telegram, operation?, contains?, \
                 kind: throttle|error|hang|accept_then_fail|conflict|duplicate|\
                 blocked|deactivated|kicked|not_found|migrated, count?}";
    (
        StatusCode::BAD_REQUEST,
        Json(json!({"error": problem, "usage": usage})),
    )
        .into_response()
}
