use axum::{
    Json,
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use jiff::Timestamp;
use kabar_app::Expected;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Problem;
use crate::Api;

/// One object, with the tag of its state.
pub(crate) struct Entity<T> {
    status: StatusCode,
    tag: Option<u64>,
    seen: Option<Timestamp>,
    view: T,
}

impl<T: Serialize> Entity<T> {
    /// An object whose every change makes a new version.
    pub(crate) const fn versioned(version: u64, view: T) -> Self {
        Self {
            status: StatusCode::OK,
            tag: Some(version),
            seen: None,
            view,
        }
    }

    /// An object that changes without versions: its tag is made of what it shows.
    pub(crate) const fn unversioned(view: T) -> Self {
        Self {
            status: StatusCode::OK,
            tag: None,
            seen: None,
            view,
        }
    }

    /// The same, which also shows when it was last seen: that is in its tag too, and no version of its own.
    pub(crate) const fn seen(mut self, seen: Option<Timestamp>) -> Self {
        self.seen = seen;
        self
    }

    /// The same, just made.
    pub(crate) const fn created(mut self) -> Self {
        self.status = StatusCode::CREATED;
        self
    }
}

impl<T: Serialize> IntoResponse for Entity<T> {
    fn into_response(self) -> Response {
        let tag = match (self.tag, self.seen) {
            (Some(version), None) => format!("\"{version}\""),
            (Some(version), Some(seen)) => format!("\"{version}.{}\"", seen.as_millisecond()),
            (None, _) => {
                let shown = serde_json::to_vec(&self.view).unwrap_or_default();
                tag_of(&shown)
            }
        };
        let mut response = (self.status, Json(self.view)).into_response();
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

/// The tag of a state that is shown by these bytes.
pub(crate) fn tag_of(shown: &[u8]) -> String {
    format!("\"{}\"", BASE64.encode(&Sha256::digest(shown)[..12]))
}

/// The `If-Match` header: which version the caller means to change (RFC 9110 §13.1.1).
pub(crate) struct IfMatch(pub(crate) Expected);

impl FromRequestParts<Api> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Ok(Self(Expected::Any));
        };
        let value = value.to_str().unwrap_or_default().trim();
        let version = value
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .and_then(|tag| tag.split('.').next()?.parse().ok());
        Ok(Self(match version {
            _ if value == "*" => Expected::Any,
            Some(version) => Expected::Version(version),
            None => Expected::Never,
        }))
    }
}

/// Answers 304 to a GET whose caller has this very state already (RFC 9110 §13.1.2).
pub(super) async fn conditional_get(request: Request, next: Next) -> Response {
    let asks = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .cloned()
        .filter(|_| asks);
    let response = next.run(request).await;
    match known {
        Some(known) if response.status() == StatusCode::OK && knows(&known, response.headers()) => {
            let mut unchanged = StatusCode::NOT_MODIFIED.into_response();
            unchanged.headers_mut().extend(
                response
                    .headers()
                    .get(header::ETAG)
                    .map(|tag| (header::ETAG, tag.clone())),
            );
            unchanged
        }
        _ => response,
    }
}

fn knows(known: &HeaderValue, headers: &HeaderMap) -> bool {
    let (Ok(known), Some(tag)) = (known.to_str(), headers.get(header::ETAG)) else {
        return false;
    };
    let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*"
        || known
            .split(',')
            .any(|one| tag.to_str().is_ok_and(|tag| weak(one) == weak(tag)))
}
