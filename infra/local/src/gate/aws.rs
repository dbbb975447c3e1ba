//! `/_local/aws/…`: the emulated services, able to fail.

use std::time::Duration;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::faults::{Kind, Service};
use super::{Gate, LARGEST_BODY, answers, app, s3};

/// How long a hanging call hangs: longer than any client of ours waits.
const HANG: Duration = Duration::from_secs(60);

/// Passes a call on to the emulator, unless a fault says otherwise.
pub(super) async fn pass(State(gate): State<Gate>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let whole = app::path(&parts.uri)
        .trim_start_matches("/_local/aws/")
        .to_owned();
    let (name, path) = whole.split_at(whole.find(['/', '?']).unwrap_or(whole.len()));
    let service = match name {
        "dynamodb" => Service::Dynamodb,
        "sqs" => Service::Sqs,
        "ses" => Service::Ses,
        "s3" => Service::S3,
        _ => {
            return (
                StatusCode::NOT_FOUND,
                "Behind the gate are dynamodb, sqs, ses and s3.\n",
            )
                .into_response();
        }
    };
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.\n").into_response();
    };
    let operation = match service {
        Service::S3 => s3::operation(&parts.method, path),
        Service::Dynamodb | Service::Sqs | Service::Ses | Service::Sms | Service::Telegram => {
            operation(&parts.headers)
        }
    };
    let operation = operation.unwrap_or_else(|| format!("{} {path}", parts.method));
    if service == Service::S3 {
        s3::keep_address(&mut parts.headers);
    }
    parts.headers.remove(HOST);
    app::drop_hop_headers(&mut parts.headers);
    let host = match service {
        Service::Dynamodb => &gate.shared.database,
        Service::Sqs | Service::Ses | Service::S3 | Service::Sms | Service::Telegram => {
            gate.shared.cloud.url()
        }
    };
    let call = Call {
        gate: &gate,
        parts,
        body,
        address: format!("{host}{path}"),
    };
    gate.shared.calls.count(service, &operation);
    match gate
        .shared
        .faults
        .take(service, &operation, &[path.as_bytes(), &call.body])
    {
        None => call.send().await,
        Some(Kind::Throttle) => answers::throttled(service),
        // What happens to chats happens to no service of AWS; a fault of the kind is refused when it is asked for.
        Some(
            Kind::Error | Kind::Blocked | Kind::Deactivated | Kind::Kicked | Kind::NotFound | Kind::Migrated,
        ) => answers::failed(service),
        Some(Kind::Conflict) => answers::conflict(&operation, &call.body),
        Some(Kind::Hang) => {
            hang(&gate).await;
            call.send().await
        }
        Some(Kind::AcceptThenFail) => {
            call.send().await;
            answers::failed(service)
        }
        Some(Kind::Duplicate) => {
            call.send().await;
            call.send().await
        }
    }
}

/// Ends after a minute, or when the faults are deleted. A client that gives up before ends the call with it.
pub(super) async fn hang(gate: &Gate) {
    // Whether it was released or has waited long enough makes no difference.
    let _ = tokio::time::timeout(HANG, gate.shared.faults.released()).await;
}

/// `DynamoDB_20120810.PutItem` → `PutItem`.
fn operation(headers: &HeaderMap) -> Option<String> {
    let target = headers.get("x-amz-target")?.to_str().ok()?;
    target.rsplit('.').next().map(str::to_owned)
}

struct Call<'a> {
    gate: &'a Gate,
    parts: Parts,
    body: Bytes,
    address: String,
}

impl Call<'_> {
    async fn send(&self) -> Response {
        let request = self
            .gate
            .shared
            .http
            .request(self.parts.method.clone(), &self.address);
        match request
            .headers(self.parts.headers.clone())
            .body(self.body.clone())
            .send()
            .await
        {
            Ok(answer) => app::answer_of(answer),
            Err(error) => (
                StatusCode::BAD_GATEWAY,
                format!("The emulated cloud does not answer: {error}\n"),
            )
                .into_response(),
        }
    }
}
