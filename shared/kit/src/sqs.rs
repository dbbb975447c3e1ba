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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_what_failed_comes_back() {
        let message = |id: &str| {
            let mut message = SqsMessage::default();
            message.message_id = Some(id.to_owned());
            message
        };
        let mut event = SqsEvent::default();
        event.records = ["a", "b", "c"].map(message).to_vec();
        let work = async |message: &SqsMessage| {
            if message.message_id.as_deref() == Some("b") {
                Err(())
            } else {
                Ok(())
            }
        };
        let failed: Vec<String> = each(event, work)
            .await
            .batch_item_failures
            .into_iter()
            .map(|f| f.item_identifier)
            .collect();
        assert_eq!(failed, ["b"]);
    }
}
