//! `/_local/outbox`: what left the system, as JSON.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use serde_json::json;

use super::Gate;
use super::outbox::Filter;

/// The messages that fit, oldest first.
pub(super) async fn list(
    State(gate): State<Gate>,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Response {
    match filter {
        Ok(Query(filter)) => Json(json!({"messages": gate.shared.outbox.list(&filter)})).into_response(),
        Err(error) => refuse(&error),
    }
}

/// Forgets the messages that fit.
pub(super) async fn clear(
    State(gate): State<Gate>,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Response {
    match filter {
        Ok(Query(filter)) => {
            gate.shared.outbox.clear(&filter);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => refuse(&error),
    }
}

fn refuse(error: &QueryRejection) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({"error": error.body_text()}))).into_response()
}
