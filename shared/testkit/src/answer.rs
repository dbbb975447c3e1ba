//! Stands in for a service of AWS at the level of HTTP, without a socket.

use std::{fmt, future::Future, sync::Arc};

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_runtime_api::{
    client::{
        http::{HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn},
        orchestrator::{HttpRequest, HttpResponse},
    },
    http::StatusCode,
};
use aws_smithy_types::{body::SdkBody, timeout::TimeoutConfig};
use aws_types::{SdkConfig, region::Region, sdk_config::SharedAsyncSleep};
use serde_json::Value;

/// What a service answers: a status, the name of the error if it is one, and a body.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) error: Option<&'static str>,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) const fn ok(body: Value) -> Self {
        Self {
            status: 200,
            error: None,
            body,
        }
    }

    pub(crate) fn error(status: u16, name: &'static str) -> Self {
        Self {
            status,
            error: Some(name),
            body: serde_json::json!({ "message": name }),
        }
    }
}

struct Connector<F>(Arc<F>);

impl<F> fmt::Debug for Connector<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl<F, A> HttpConnector for Connector<F>
where
    F: Fn(HttpRequest) -> A + Send + Sync + 'static,
    A: Future<Output = HttpResponse> + Send + 'static,
{
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let answer = (self.0)(request);
        HttpConnectorFuture::new(async move { Ok(answer.await) })
    }
}

/// A response with this status and body.
pub(crate) fn response(status: u16, body: impl Into<SdkBody>) -> HttpResponse {
    let status = StatusCode::try_from(status).expect("an HTTP status");
    HttpResponse::new(status, body.into())
}

/// An HTTP client whose every request is answered by `answer`.
pub(crate) fn responding<F, A>(answer: F) -> SharedHttpClient
where
    F: Fn(HttpRequest) -> A + Send + Sync + 'static,
    A: Future<Output = HttpResponse> + Send + 'static,
{
    let connector = connector(answer);
    http_client_fn(move |_, _| connector.clone())
}

/// A connection over which every request is answered by `answer`.
pub(crate) fn connector<F, A>(answer: F) -> SharedHttpConnector
where
    F: Fn(HttpRequest) -> A + Send + Sync + 'static,
    A: Future<Output = HttpResponse> + Send + 'static,
{
    SharedHttpConnector::new(Connector(Arc::new(answer)))
}

/// An HTTP client whose every request, a JSON body, is answered by `answer`.
pub(crate) fn answering<F, A>(answer: F) -> SharedHttpClient
where
    F: Fn(Value) -> A + Send + Sync + 'static,
    A: Future<Output = Answer> + Send + 'static,
{
    answering_to(move |_, body| answer(body))
}

/// The same for a service of several operations; `answer` is told which one is asked for.
pub(crate) fn answering_to<F, A>(answer: F) -> SharedHttpClient
where
    F: Fn(String, Value) -> A + Send + Sync + 'static,
    A: Future<Output = Answer> + Send + 'static,
{
    responding(move |request| {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let body = request.body().bytes();
        let body = body.and_then(|bytes| serde_json::from_slice(bytes).ok());
        let answer = answer(operation, body.unwrap_or_default());
        async move {
            let Answer { status, error, body } = answer.await;
            let mut response = response(status, body.to_string());
            if let Some(error) = error {
                response.headers_mut().insert("x-amzn-errortype", error);
            }
            response
        }
    })
}

/// A configuration for clients that are answered here, or by an engine of this process at `endpoint`.
///
/// No time limits but those that Kabar sets itself: a test may stop tokio's clock.
pub(crate) fn config(endpoint: &str, http: SharedHttpClient) -> SdkConfig {
    SdkConfig::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
            "test", "test", None, None, "tests",
        )))
        .endpoint_url(endpoint)
        .http_client(http)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .timeout_config(TimeoutConfig::disabled())
        .build()
}
