use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use serde::de::DeserializeOwned;

use super::{Problem, ProblemKind};
use crate::Api;

/// The largest body that is read, in bytes (SPEC §1).
pub(super) const LARGEST: usize = 1024 * 1024;

/// A JSON object, its fields not yet believed.
pub(crate) struct Body<T>(pub(crate) T);

/// The same where a request may come without a body, which is like an empty object.
pub(crate) struct PerhapsBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Api> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Api) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = read(body).await?;
        parse(&parts.headers, &bytes).map(Self)
    }
}

impl<T: DeserializeOwned + Default> FromRequest<Api> for PerhapsBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Api) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = read(body).await?;
        if bytes.is_empty() {
            Ok(Self(T::default()))
        } else {
            parse(&parts.headers, &bytes).map(Self)
        }
    }
}

/// The bytes of a body, if they are not too many.
pub(crate) async fn read(body: axum::body::Body) -> Result<Bytes, Problem> {
    let too_large = || {
        Problem::with_detail(
            ProblemKind::TooLarge,
            format!("At most {LARGEST} bytes are read."),
        )
    };
    to_bytes(body, LARGEST).await.map_err(|_| too_large())
}

/// The text of a body in UTF-8.
pub(crate) fn utf8(bytes: &Bytes) -> Result<String, Problem> {
    String::from_utf8(bytes.to_vec()).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let what = format!("The file is not UTF-8: see byte {at}.");
        Problem::with_detail(ProblemKind::Malformed, what)
    })
}

/// The type of a body, without its parameters and in lower case.
pub(crate) fn essence(headers: &HeaderMap) -> String {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let value = value.unwrap_or_default();
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// A body of JSON.
pub(crate) fn parse<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, Problem> {
    if !is_json(headers) {
        let what = "The body must be JSON.";
        return Err(Problem::with_detail(ProblemKind::UnsupportedMediaType, what));
    }
    let malformed = |what: String| Problem::with_detail(ProblemKind::Malformed, what);
    let value: serde_json::Value =
        serde_json::from_slice(bytes).map_err(|error| malformed(format!("The body is not JSON: {error}")))?;
    if !value.is_object() {
        return Err(malformed("The body must be a JSON object.".to_owned()));
    }
    serde_json::from_value(value).map_err(|error| malformed(error.to_string()))
}

fn is_json(headers: &HeaderMap) -> bool {
    let essence = essence(headers);
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}
