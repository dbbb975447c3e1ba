use axum::{
    http::Method,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use super::log_in::inside;
use crate::web::{Filled, Reader, shown};

/// `POST /me/language`: from now on, everywhere.
pub(crate) async fn speak(reader: Reader, Filled(sent): Filled) -> Response {
    let path = format!("/api/users/{}", reader.me["id"].as_str().unwrap_or_default());
    let body = json!({ "language": sent.get("language") });
    match reader.send(Method::PATCH, &path, body).await {
        Ok(_) => Redirect::to(inside(sent.get("here").unwrap_or_default())).into_response(),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}
