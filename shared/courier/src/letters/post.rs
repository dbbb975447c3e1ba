//! How letters are taken out of a queue and put back.

use aws_sdk_sqs::{
    error::SdkError,
    types::{
        ChangeMessageVisibilityBatchRequestEntry, Message, MessageSystemAttributeName, QueueAttributeName,
    },
};

use super::{DeadLetter, DeadLetterQueue, DeadLetters, LettersError};

/// For how many seconds a letter that was taken is hidden from others: longer than a request of ours may last, so that
/// nobody takes it meanwhile, and soon over should we die.
const HIDDEN: i32 = 15;
/// How many letters SQS gives out, or takes a word on, at once.
const AT_ONCE: i32 = 10;
/// How long SQS looks for letters, in seconds. With none at all it looks in some of its machines only, and may find
/// nothing where there is something.
const LOOKS: i32 = 1;

fn failed<E, R>(operation: &'static str) -> impl FnOnce(SdkError<E, R>) -> LettersError
where
    E: std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    move |source| LettersError {
        operation,
        source: Box::new(source),
    }
}

impl DeadLetters {
    /// About how many letters there are, those that somebody is looking at included.
    ///
    /// # Errors
    /// When SQS did not answer.
    pub async fn count(&self, queue: &DeadLetterQueue) -> Result<u32, LettersError> {
        let counts = [
            QueueAttributeName::ApproximateNumberOfMessages,
            QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
        ];
        let ask = self
            .client
            .get_queue_attributes()
            .queue_url(&queue.url)
            .set_attribute_names(Some(counts.to_vec()));
        let answer = ask.send().await.map_err(failed("GetQueueAttributes"))?;
        let numbers = answer.attributes.unwrap_or_default().into_values();
        Ok(numbers.filter_map(|number| number.parse::<u32>().ok()).sum())
    }

    /// Looks at up to `most` letters, the oldest first, and puts them back. Each is shown once, though SQS may give it
    /// out twice.
    ///
    /// # Errors
    /// When SQS did not answer. What was taken is there again seconds later.
    pub async fn look(&self, queue: &DeadLetterQueue, most: usize) -> Result<Vec<DeadLetter>, LettersError> {
        let mut taken = Vec::new();
        while taken.len() < most {
            let some = self.take(queue).await?;
            if some.is_empty() {
                break;
            }
            taken.extend(some);
        }
        self.put_back(queue, &taken).await;
        let mut letters: Vec<DeadLetter> = taken.iter().filter_map(DeadLetter::read).collect();
        letters.sort_by(|a, b| (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id)));
        letters.dedup_by(|a, b| a.id == b.id);
        letters.truncate(most);
        Ok(letters)
    }

    /// Takes the next few letters; none when there seem to be no more.
    pub(super) async fn take(&self, queue: &DeadLetterQueue) -> Result<Vec<Message>, LettersError> {
        let receive = self
            .client
            .receive_message()
            .queue_url(&queue.url)
            .max_number_of_messages(AT_ONCE)
            .visibility_timeout(HIDDEN)
            .wait_time_seconds(LOOKS)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .message_attribute_names("All");
        let answer = receive.send().await.map_err(failed("ReceiveMessage"))?;
        Ok(answer.messages.unwrap_or_default())
    }

    /// Shows letters again that were taken. Where SQS does not hear it, they are there again seconds later.
    pub(super) async fn put_back(&self, queue: &DeadLetterQueue, letters: &[Message]) {
        for some in letters.chunks(AT_ONCE.unsigned_abs() as usize) {
            let entries = some.iter().enumerate().filter_map(|(number, letter)| {
                let entry = ChangeMessageVisibilityBatchRequestEntry::builder()
                    .id(number.to_string())
                    .set_receipt_handle(letter.receipt_handle.clone())
                    .visibility_timeout(0);
                entry.build().ok()
            });
            let show = self
                .client
                .change_message_visibility_batch()
                .queue_url(&queue.url)
                .set_entries(Some(entries.collect()));
            let _ = show.send().await;
        }
    }

    /// Puts the body of a letter onto the queue that it came from.
    pub(super) async fn send(&self, source_url: &str, letter: &Message) -> Result<(), LettersError> {
        let send = self
            .client
            .send_message()
            .queue_url(source_url)
            .set_message_body(letter.body.clone());
        send.send().await.map(drop).map_err(failed("SendMessage"))
    }

    /// Deletes a letter that was taken.
    pub(super) async fn delete(&self, queue: &DeadLetterQueue, letter: &Message) -> Result<(), LettersError> {
        let delete = self
            .client
            .delete_message()
            .queue_url(&queue.url)
            .set_receipt_handle(letter.receipt_handle.clone());
        delete.send().await.map(drop).map_err(failed("DeleteMessage"))
    }
}
