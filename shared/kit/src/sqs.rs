use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};

/// Hands the messages of a batch to `work` one after the other. Those that it refuses come back, the others are done:
/// one bad message does not hold up its batch, and none is lost.
pub async fn each(
    event: SqsEvent,
    mut work: impl AsyncFnMut(&SqsMessage) -> Result<(), ()>,
) -> SqsBatchResponse {
    let mut response = SqsBatchResponse::default();
    for message in event.records {
        if work(&message).await.is_err() {
            let mut failure = BatchItemFailure::default();
            failure.item_identifier = message.message_id.unwrap_or_default();
            response.batch_item_failures.push(failure);
        }
    }
    response
}

/// Hands all messages of a batch to `work` at once. Those of whose places it says `false` come back.
pub async fn together(
    event: SqsEvent,
    work: impl AsyncFnOnce(&[SqsMessage]) -> Vec<bool>,
) -> SqsBatchResponse {
    let mut is_done = work(&event.records).await.into_iter();
    each(event, async |_| match is_done.next() {
        Some(true) => Ok(()),
        Some(false) | None => Err(()),
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch() -> SqsEvent {
        let message = |id: &str| {
            let mut message = SqsMessage::default();
            message.message_id = Some(id.to_owned());
            message
        };
        let mut event = SqsEvent::default();
        event.records = ["a", "b", "c"].map(message).to_vec();
        event
    }

    fn failed(response: SqsBatchResponse) -> Vec<String> {
        let failures = response.batch_item_failures.into_iter();
        failures.map(|failure| failure.item_identifier).collect()
    }

    #[tokio::test]
    async fn only_what_failed_comes_back() {
        let work = async |message: &SqsMessage| {
            if message.message_id.as_deref() == Some("b") {
                Err(())
            } else {
                Ok(())
            }
        };
        assert_eq!(failed(each(batch(), work).await), ["b"]);
    }

    #[tokio::test]
    async fn of_a_batch_that_is_taken_at_once_only_what_failed_comes_back() {
        let response = together(batch(), async |_| vec![true, false, true]).await;
        assert_eq!(failed(response), ["b"]);
        let forgotten = together(batch(), async |_| vec![true]).await;
        assert_eq!(failed(forgotten), ["b", "c"], "what nobody spoke of is not done");
    }
}
