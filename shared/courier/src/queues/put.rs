//! How a message gets onto a queue.

use aws_sdk_sqs::Client;

use super::{
    QueueError,
    body::{Body, Work},
};

/// The longest delay that SQS takes, in seconds.
const LONGEST_DELAY: i64 = 900;

/// Puts work onto a queue, to come up after `delay` seconds; not at all when SQS cannot hold it for that long.
pub(super) async fn send_later(client: &Client, url: &str, work: Work, delay: i64) -> Result<(), QueueError> {
    if delay > LONGEST_DELAY {
        return Ok(());
    }
    send(client, url, work, i32::try_from(delay).unwrap_or_default()).await
}

/// Puts work onto a queue, to come up after `delay` seconds.
pub(super) async fn send(client: &Client, url: &str, work: Work, delay: i32) -> Result<(), QueueError> {
    let body = serde_json::to_string(&Body { v: 1, work }).map_err(|e| QueueError(Box::new(e)))?;
    let sent = client
        .send_message()
        .queue_url(url)
        .message_body(body)
        .delay_seconds(delay)
        .send()
        .await;
    sent.map(drop).map_err(|e| QueueError(Box::new(e)))
}
