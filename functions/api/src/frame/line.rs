use std::time::Duration;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use jiff::Timestamp;
use kabar_domain::World;

/// The header that ties a request, its answer and its log line together.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_ID: usize = 128;

/// The log line of a request (SPEC §10).
pub struct Line {
    /// By which the request, its answer and its lines are known: the one that it came with, if that is a good one.
    pub id: HeaderValue,
    method: Method,
    route: String,
    started: Timestamp,
}

impl Line {
    /// Of a request that comes in now.
    #[must_use]
    pub fn begin(request: &Request, world: &dyn World) -> Self {
        // The matched path, not the path: that has ids and perhaps tokens in it.
        let matched = request.extensions().get::<MatchedPath>();
        Self {
            id: given(request.headers()).unwrap_or_else(|| new(world)),
            method: request.method().clone(),
            route: matched.map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned()),
            started: world.now(),
        }
    }

    /// Written when the request is answered.
    pub fn end(self, world: &dyn World, status: StatusCode) {
        let Self { method, route, .. } = self;
        let took = Duration::try_from(world.now().duration_since(self.started)).unwrap_or_default();
        // A u128 would be written as a string, which nobody can add up.
        let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let request_id = self.id.to_str().unwrap_or_default();
        match status.as_u16() {
            status @ 500.. => {
                tracing::error!(%method, route, status, took_ms, request_id, "request failed");
            }
            status => tracing::info!(%method, route, status, took_ms, request_id, "request"),
        }
    }
}

fn given(headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get(REQUEST_ID)?;
    let is_visible = id.as_bytes().iter().all(u8::is_ascii_graphic);
    (is_visible && (1..=LONGEST_ID).contains(&id.len())).then(|| id.clone())
}

fn new(world: &dyn World) -> HeaderValue {
    let mut random = [0; 16];
    world.fill_random(&mut random);
    HeaderValue::from_str(&BASE64.encode(random)).unwrap_or(HeaderValue::from_static("-"))
}
