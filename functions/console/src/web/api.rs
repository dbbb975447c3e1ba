use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Extensions, HeaderName, HeaderValue, Method, Request, StatusCode, header},
};
use kabar_api::frame::REQUEST_ID;
use kabar_app::App;
use kabar_courier::OnUse;
use kabar_domain::people::Caller;
use lambda_http::request::RequestContext;
use serde_json::Value;
use tower::ServiceExt;

use super::{Refused, Result};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// The longest answer of the API is a file of as many rows as a list has.
const LONGEST: usize = 8 << 20;

tokio::task_local! {
    /// The id of the request that a page answers.
    static REQUEST: HeaderValue;
}

/// Answers a request whose id all that it asks of the API has too: one id finds every log line of a page.
pub(crate) async fn as_part_of<T>(id: HeaderValue, answering: impl Future<Output = T>) -> T {
    REQUEST.scope(id, answering).await
}

/// The JSON API, in this process. What it refuses is refused here, in its words and at its fields; nothing can be done
/// here that it does not allow.
#[derive(Clone)]
pub(crate) struct Api(OnUse<Router>);

/// A request to the API.
pub(crate) struct Call<'c> {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// Who asks, if anybody.
    pub(crate) caller: Option<&'c Caller>,
    pub(crate) body: Sending,
    /// By which a request that was sent before is known again.
    pub(crate) once: Option<&'c str>,
    /// The state that is to be changed.
    pub(crate) tag: Option<&'c str>,
    /// Where the request came from.
    pub(crate) from: Option<RequestContext>,
}

/// What a request carries.
pub(crate) enum Sending {
    Nothing,
    Json(Value),
    /// Bytes of a kind.
    Bytes(String, Vec<u8>),
}

/// What the API answered.
pub(crate) struct Answered {
    pub(crate) value: Value,
    /// The answer as it came, where it is no JSON.
    pub(crate) text: String,
    /// The state that this is, by which a change of it is allowed.
    pub(crate) tag: Option<String>,
    /// The query of what comes after it, where the API says that there is more (RFC 8288).
    pub(crate) next: Option<String>,
    /// Whether something was made, and was not there already.
    pub(crate) is_new: bool,
    /// Whether this was done before, and not now.
    pub(crate) is_replayed: bool,
}

impl<'c> Call<'c> {
    /// A request without a body.
    pub(crate) fn new(method: Method, path: impl Into<String>, caller: Option<&'c Caller>) -> Self {
        Self {
            method,
            path: path.into(),
            caller,
            body: Sending::Nothing,
            once: None,
            tag: None,
            from: None,
        }
    }

    /// The same with a document.
    pub(crate) fn with(mut self, body: Value) -> Self {
        self.body = Sending::Json(body);
        self
    }
}

impl Api {
    /// Its routes are made by the first who asks it something: nobody who comes for a region's power does.
    pub(crate) fn of(app: &Arc<App>) -> Self {
        let app = Arc::clone(app);
        Self(OnUse::new(|| kabar_api::service(app, Vec::new())))
    }

    /// Asks.
    ///
    /// # Errors
    /// What the API refused, or could not do.
    pub(crate) async fn ask(&self, call: Call<'_>) -> Result<Answered> {
        let mut request = Request::builder().method(call.method).uri(call.path);
        if let Ok(id) = REQUEST.try_with(HeaderValue::clone) {
            request = request.header(REQUEST_ID, id);
        }
        if let Some(key) = call.once {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        if let Some(tag) = call.tag {
            request = request.header(header::IF_MATCH, tag);
        }
        let body = match call.body {
            Sending::Nothing => Body::empty(),
            Sending::Json(value) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(value.to_string())
            }
            Sending::Bytes(kind, bytes) => {
                request = request.header(header::CONTENT_TYPE, kind);
                Body::from(bytes)
            }
        };
        // What makes no request has a strange id in its path: there is nothing.
        let mut request = request.body(body).map_err(|_| Refused::not_found())?;
        let mut extensions = Extensions::new();
        if let Some(from) = call.from {
            extensions.insert(from);
        }
        if let Some(caller) = call.caller {
            extensions.insert(caller.clone());
        }
        *request.extensions_mut() = extensions;
        let response = match Router::clone(&self.0).oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, LONGEST).await.map_err(|_| Refused::defect())?;
        let value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        if !parts.status.is_success() && parts.status != StatusCode::NOT_MODIFIED {
            return Err(Refused::read(parts.status, &value));
        }
        let tag = parts.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
        let link = parts
            .headers
            .get(header::LINK)
            .and_then(|link| link.to_str().ok());
        let next = link.and_then(|link| link.strip_prefix('<')?.split_once('>'));
        Ok(Answered {
            next: next.map(|(query, _)| query.to_owned()),
            tag: tag.map(str::to_owned),
            is_new: parts.status == StatusCode::CREATED,
            is_replayed: parts.headers.contains_key(REPLAYED),
            text: String::from_utf8(bytes.into()).unwrap_or_default(),
            value,
        })
    }
}
