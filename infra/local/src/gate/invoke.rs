//! `POST /_local/invoke/{function}?time=`: runs a scheduled function as of any moment.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Gate;
use crate::cloud::Invoked;
use crate::outside;
use crate::settings::STACK;

#[derive(Deserialize)]
pub(super) struct Moment {
    time: Option<String>,
}

/// Runs a function with `{"time": …}`, or with the request's body where there is one, and returns what it says.
pub(super) async fn invoke(
    State(gate): State<Gate>,
    Path(function): Path<String>,
    Query(moment): Query<Moment>,
    body: Bytes,
) -> Response {
    let functions = gate
        .shared
        .app
        .get()
        .map(|deployed| deployed.functions())
        .unwrap_or_default();
    let name = format!("{STACK}-{function}");
    if !functions.contains(&name) {
        let known: Vec<&str> = functions
            .iter()
            .map(|name| name.trim_start_matches("kabar-"))
            .collect();
        let error = format!("There is no function {function}; there are {}.", known.join(", "));
        return (StatusCode::NOT_FOUND, Json(json!({"error": error}))).into_response();
    }
    let payload = match payload(moment.time.as_deref(), &body, outside::now()) {
        Ok(payload) => payload,
        Err(error) => return (StatusCode::BAD_REQUEST, Json(json!({"error": error}))).into_response(),
    };
    match gate.shared.cloud.invoke(&name, &payload).await {
        Ok(Invoked::Answer(answer)) => Json(answer).into_response(),
        Ok(Invoked::Failed(error)) => {
            (StatusCode::BAD_GATEWAY, Json(json!({"error": error}))).into_response()
        }
        Err(error) => (StatusCode::BAD_GATEWAY, Json(json!({"error": error.to_string()}))).into_response(),
    }
}

/// The event of a schedule: the asked moment, else now.
fn payload(time: Option<&str>, body: &[u8], now: Timestamp) -> Result<Value, String> {
    if !body.is_empty() {
        return serde_json::from_slice(body).map_err(|error| format!("The body is not JSON: {error}"));
    }
    let moment = match time {
        // A plus sign in a query means a space.
        Some(text) => text
            .replace(' ', "+")
            .parse()
            .map_err(|error| format!("time must be RFC 3339: {error}"))?,
        None => second_after(now),
    };
    Ok(json!({"time": format!("{moment:.0}")}))
}

/// The next whole second, so that what is due at this moment is due for the function too.
fn second_after(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second() + 1).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_event_is_that_of_the_scheduler() {
        let now: Timestamp = "2026-11-21T10:00:42.5Z".parse().unwrap();
        let asked = payload(Some("2026-11-21T17:00:00 07:00"), b"", now).unwrap();
        assert_eq!(asked, json!({"time": "2026-11-21T10:00:00Z"}));
        assert!(
            payload(Some("yesterday"), b"", now)
                .unwrap_err()
                .starts_with("time must be RFC 3339")
        );
    }

    #[test]
    fn without_a_moment_it_is_now_and_never_earlier() {
        let now: Timestamp = "2026-11-21T10:00:42.5Z".parse().unwrap();
        assert_eq!(
            payload(None, b"", now).unwrap(),
            json!({"time": "2026-11-21T10:00:43Z"})
        );
    }

    #[test]
    fn a_body_is_the_event_itself() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(
            payload(None, br#"{"Records": []}"#, now).unwrap(),
            json!({"Records": []})
        );
        assert!(payload(None, b"{", now).is_err());
    }
}
