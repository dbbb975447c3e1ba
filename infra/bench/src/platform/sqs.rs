use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use tokio::sync::{Notify, mpsc::UnboundedSender};

use crate::failure::{Failure, Result};

/// Queues that hand each message to a function at once, and know when no work is left.
#[derive(Default)]
pub(crate) struct Queues {
    functions: HashMap<&'static str, UnboundedSender<Vec<u8>>>,
    /// Messages not yet answered for.
    open: AtomicI64,
    emptied: Notify,
    failure: Mutex<Option<String>>,
}

impl Queues {
    /// Queues by the last part of their URL, with the functions that they feed.
    pub(crate) fn to(functions: impl IntoIterator<Item = (&'static str, UnboundedSender<Vec<u8>>)>) -> Self {
        Self {
            functions: functions.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Takes a `SendMessage`.
    pub(crate) fn send(&self, body: &[u8]) -> Result<Vec<u8>> {
        let message: Value = serde_json::from_slice(body)?;
        let queue = message["QueueUrl"]
            .as_str()
            .and_then(|url| url.rsplit('/').next())
            .unwrap_or_default();
        let function = self
            .functions
            .get(queue)
            .ok_or_else(|| Failure::from(format!("no queue {queue}")))?
            .clone();
        let event = event(message["MessageBody"].as_str().unwrap_or_default());
        self.open.fetch_add(1, Ordering::SeqCst);
        match message["DelaySeconds"].as_u64() {
            None | Some(0) => function.send(event)?,
            Some(delay) => drop(tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(delay)).await;
                function.send(event)
            })),
        }
        Ok(
            json!({ "MessageId": "00000000-0000-4000-8000-000000000000", "MD5OfMessageBody": "" })
                .to_string()
                .into_bytes(),
        )
    }

    /// Notes that work has begun that no queue has seen.
    pub(crate) fn begun(&self) {
        self.open.fetch_add(1, Ordering::SeqCst);
    }

    /// Notes that a function has answered for a message. What the work put on queues was put there before.
    pub(crate) fn done(&self) {
        if self.open.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.emptied.notify_one();
        }
    }

    /// Notes that a function failed: the measurement is void.
    pub(crate) fn failed(&self, why: String) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
        self.emptied.notify_one();
    }

    /// Waits until no work is left.
    pub(crate) async fn emptied(&self) -> Result<()> {
        self.emptied.notified().await;
        let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner).take();
        failure.map_or(Ok(()), |why| Err(Failure::from(why)))
    }
}

/// A message as Lambda hands it to a function.
fn event(body: &str) -> Vec<u8> {
    let record = json!({
        "messageId": "00000000-0000-4000-8000-000000000001",
        "receiptHandle": "made-up-receipt-handle",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": "1", "SentTimestamp": "1795255200000",
            "SenderId": "AROAEXAMPLE:sender", "ApproximateFirstReceiveTimestamp": "1795255200005",
        },
        "messageAttributes": {},
        "md5OfBody": "f09f7e9b194f44d6647391548c2487a3",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:kabar-urgent",
        "awsRegion": "eu-west-1",
    });
    json!({ "Records": [record] }).to_string().into_bytes()
}
