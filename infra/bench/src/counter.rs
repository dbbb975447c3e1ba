//! One process of `api`, and callers who ask it one thing after the other.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::{
    build,
    failure::{Failure, Result},
    platform::{Aws, Process, Queues, RuntimeApi, Ses},
};

/// A request to the API.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// Who calls; nobody if it is empty.
    pub(crate) token: String,
    pub(crate) body: Value,
}

/// What the API answered.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: u64,
    /// `cache` or `database`, where the answer says so.
    pub(crate) source: Option<String>,
    pub(crate) body: Value,
}

impl Said {
    /// The id of what was made.
    pub(crate) fn id(&self) -> Result<String> {
        let id = self.body["id"].as_str().map(str::to_owned);
        id.ok_or_else(|| Failure::from(format!("the API made nothing: {} {}", self.status, self.body)))
    }
}

impl Call {
    /// As API Gateway hands it to the function.
    fn event(&self) -> Vec<u8> {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let mut headers = json!({ "accept": "application/json", "content-type": "application/json",
            "host": "api.example.com" });
        if !self.token.is_empty() {
            headers["authorization"] = format!("Bearer {}", self.token).into();
        }
        let http = json!({ "method": self.method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.10",
            "userAgent": "kabar-bench" });
        let event = json!({
            "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query, "headers": headers,
            "requestContext": {
                "accountId": "123456789012", "apiId": "api123", "domainName": "api.example.com",
                "domainPrefix": "api", "http": http, "requestId": "bench", "routeKey": "$default", "stage": "$default",
                "time": "21/Nov/2026:10:00:00 +0000", "timeEpoch": 1_795_255_200_000_u64,
            },
            "body": if self.body.is_null() { Value::Null } else { self.body.to_string().into() },
            "isBase64Encoded": false,
        });
        event.to_string().into_bytes()
    }
}

/// A process of `api` that serves one caller at a time, as an instance of the function does.
pub(crate) struct Counter {
    runtime: RuntimeApi,
    process: Process,
}

impl Counter {
    pub(crate) async fn open(aws: &Aws) -> Result<Self> {
        let mut runtime = RuntimeApi::start().await?;
        let process = Process::start(&build::program("api")?, &runtime, &aws.settings("api", 1_000))?;
        runtime.asked().await?;
        Ok(Self { runtime, process })
    }

    /// Asks, and waits until the next can ask.
    pub(crate) async fn ask(&mut self, call: &Call) -> Result<Said> {
        self.runtime.send(&call.event())?;
        let (_, answer) = self.runtime.answered().await?;
        self.runtime.asked().await?;
        let answer: Value = serde_json::from_slice(&answer)?;
        let status = answer["statusCode"]
            .as_u64()
            .ok_or("an answer without a status")?;
        let body = answer["body"].as_str().unwrap_or_default();
        Ok(Said {
            status,
            source: answer["headers"]["x-data-source"].as_str().map(str::to_owned),
            body: serde_json::from_str(body).unwrap_or(Value::Null),
        })
    }

    /// Asks for something to be made, and returns it.
    pub(crate) async fn make(&mut self, path: &str, token: &str, body: Value) -> Result<Said> {
        let call = Call {
            method: "POST",
            path: path.to_owned(),
            token: token.to_owned(),
            body,
        };
        let said = self.ask(&call).await?;
        match said.status {
            201 => Ok(said),
            _ => Err(Failure::from(format!("{path} was answered {said:?}"))),
        }
    }

    /// The most memory it has had at a time, in megabytes.
    pub(crate) fn peak(&self) -> Result<f64> {
        self.process.peak()
    }

    /// The CPU time it has used so far.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        self.process.cpu()
    }
}

/// AWS's services, whose queues lead nowhere: what is told and cleared away later is not measured here.
pub(crate) async fn aws() -> Result<(Aws, [UnboundedReceiver<Vec<u8>>; 2])> {
    let ((dispatch, told), (removal, removed)) = (unbounded_channel(), unbounded_channel());
    let queues = Queues::to([("dispatch", dispatch), ("removal", removal)]);
    Ok((Aws::start(queues, Ses::default()).await?, [told, removed]))
}
