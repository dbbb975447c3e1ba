//! The hidden `forward` mode: a function that has its events answered by somebody else.
//!
//! It speaks the Lambda Runtime API with the emulator and the Invoke API with `cargo lambda watch`.

use std::time::Duration;

use reqwest::{Client, Response};
use serde_json::json;

use crate::error::{Error, Explain, Result};
use crate::outside;

/// `cargo lambda watch` takes a moment to listen, and a while to build a function for the first time.
const ATTEMPTS: u32 = 600;
const PAUSE: Duration = Duration::from_millis(200);

/// Forwards events to `target` until the emulator ends us.
pub(crate) async fn forward(target: &str) -> Result<()> {
    let runtime = outside::variable("AWS_LAMBDA_RUNTIME_API");
    let runtime = runtime.ok_or_else(|| Error::new("forward runs as a Lambda function only."))?;
    let invocations = format!("http://{runtime}/2018-06-01/runtime/invocation");
    let http = Client::builder()
        .no_proxy()
        .build()
        .explain(|| "Cannot make an HTTP client".to_owned())?;
    loop {
        let next = http
            .get(format!("{invocations}/next"))
            .send()
            .await
            .explain(|| "No next event".to_owned())?;
        if !next.status().is_success() {
            return Err(Error::new(format!(
                "The runtime API ended with {}.",
                next.status()
            )));
        }
        let id = next
            .headers()
            .get("lambda-runtime-aws-request-id")
            .and_then(|id| id.to_str().ok());
        let id = id
            .ok_or_else(|| Error::new("An event came without an id."))?
            .to_owned();
        let event = next.bytes().await.explain(|| "An event broke off".to_owned())?;
        let (kind, body) = match invoke(&http, target, event.to_vec()).await {
            Ok(answer) => answer,
            Err(error) => (
                "error",
                json!({"errorType": "Forward", "errorMessage": error.to_string()}).to_string(),
            ),
        };
        let answered = http
            .post(format!("{invocations}/{id}/{kind}"))
            .body(body)
            .send()
            .await;
        answered.explain(|| "An answer was not taken".to_owned())?;
    }
}

/// The answer and which kind it is.
async fn invoke(http: &Client, target: &str, event: Vec<u8>) -> Result<(&'static str, String)> {
    let response = reach(http, target, event).await?;
    let failed = !response.status().is_success() || response.headers().contains_key("x-amz-function-error");
    let body = response
        .text()
        .await
        .explain(|| "cargo lambda watch broke off".to_owned())?;
    Ok((if failed { "error" } else { "response" }, body))
}

async fn reach(http: &Client, target: &str, event: Vec<u8>) -> Result<Response> {
    for _ in 1..ATTEMPTS {
        match http.post(target).body(event.clone()).send().await {
            Err(error) if error.is_connect() => tokio::time::sleep(PAUSE).await,
            sent => return sent.explain(|| "cargo lambda watch does not answer".to_owned()),
        }
    }
    Err(Error::new(
        "cargo lambda watch does not listen: see logs/cargo-lambda.log",
    ))
}
