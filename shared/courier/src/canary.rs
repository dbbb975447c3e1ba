use std::{fmt, sync::OnceLock, time::Duration};

use aws_smithy_runtime_api::client::{
    http::{HttpConnector, SharedHttpConnector},
    orchestrator::HttpRequest,
};
use aws_smithy_types::body::SdkBody;
use http::Request;
use tokio::time::timeout;

/// A device of our own that calls as all devices do, from outside, so that we know whether they would be heard.
#[derive(Clone)]
pub struct Canary {
    connector: SharedHttpConnector,
    /// Without a slash at its end.
    url: String,
    key: OnceLock<String>,
}

impl fmt::Debug for Canary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Canary")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Canary {
    /// How long an answer may take. Devices are no more patient.
    pub const LONGEST_TRY: Duration = Duration::from_secs(10);

    /// A canary that calls where devices do.
    #[must_use]
    pub fn new(connector: SharedHttpConnector, url: &str) -> Self {
        Self {
            connector,
            url: url.trim_end_matches('/').to_owned(),
            key: OnceLock::new(),
        }
    }

    /// What it calls with, once that is known.
    pub fn key(&self) -> Option<&str> {
        self.key.get().map(String::as_str)
    }

    /// Notes what it calls with, unless that is known.
    pub fn has_key(&self, key: String) -> &str {
        self.key.get_or_init(|| key)
    }

    /// Calls with this key; says whether it was heard, which only a 2xx does.
    pub async fn is_heard(&self, key: &str) -> bool {
        let request = Request::post(format!("{}/ping/{key}", self.url)).body(SdkBody::empty());
        let request = request
            .ok()
            .and_then(|request| HttpRequest::try_from(request).ok());
        let Some(request) = request else { return false };
        let answer = timeout(Self::LONGEST_TRY, self.connector.call(request)).await;
        matches!(answer, Ok(Ok(answer)) if answer.status().is_success())
    }
}
