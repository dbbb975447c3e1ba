//! What an operator does with dead letters.

use aws_sdk_sqs::types::Message;
use futures_util::future::try_join_all;

use super::{DeadLetterQueue, DeadLetters, LettersError};

/// How many letters one request looks through: a second or two of work. What is left is for the next one.
const MOST: usize = 500;

/// What became of letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// How many left the queue.
    pub letters: u32,
    /// Those that were asked for and not found: they are gone, or somebody else is looking at them.
    pub missing: Vec<String>,
}

/// Where letters go.
#[derive(Clone, Copy)]
enum To<'a> {
    Source(&'a str),
    Nowhere,
}

impl DeadLetters {
    /// Puts letters onto the queue that they came from, at `source_url`: these, or the next five hundred.
    ///
    /// A letter is deleted once its work is on the queue again. Whoever dies in between leaves both, and the work is
    /// done twice, as any work on a queue may be.
    ///
    /// # Errors
    /// When SQS did not answer; the letters that are left are there again seconds later.
    pub async fn redrive(
        &self,
        queue: &DeadLetterQueue,
        source_url: &str,
        ids: Option<&[String]>,
    ) -> Result<Moved, LettersError> {
        self.move_all(queue, ids, To::Source(source_url)).await
    }

    /// Deletes these letters for good: their work will not be done.
    ///
    /// # Errors
    /// When SQS did not answer; the letters that are left are there again seconds later.
    pub async fn drop(&self, queue: &DeadLetterQueue, ids: &[String]) -> Result<Moved, LettersError> {
        self.move_all(queue, Some(ids), To::Nowhere).await
    }

    async fn move_all(
        &self,
        queue: &DeadLetterQueue,
        ids: Option<&[String]>,
        to: To<'_>,
    ) -> Result<Moved, LettersError> {
        let mut moved = Moved {
            letters: 0,
            missing: ids.unwrap_or_default().to_vec(),
        };
        moved.missing.sort_unstable();
        moved.missing.dedup();
        let (mut seen, mut others) = (0, Vec::new());
        while seen < MOST && (ids.is_none() || !moved.missing.is_empty()) {
            let taken = self.take(queue).await?;
            if taken.is_empty() {
                break;
            }
            seen += taken.len();
            let (wanted, rest): (Vec<_>, Vec<_>) = taken
                .into_iter()
                .partition(|letter| ids.is_none() || is_among(&moved.missing, letter));
            others.extend(rest);
            try_join_all(wanted.iter().map(|letter| self.move_one(queue, letter, to))).await?;
            moved.letters += u32::try_from(wanted.len()).unwrap_or(u32::MAX);
            moved
                .missing
                .retain(|id| wanted.iter().all(|letter| letter.message_id() != Some(id)));
        }
        self.put_back(queue, &others).await;
        Ok(moved)
    }

    async fn move_one(
        &self,
        queue: &DeadLetterQueue,
        letter: &Message,
        to: To<'_>,
    ) -> Result<(), LettersError> {
        if let To::Source(url) = to {
            self.send(url, letter).await?;
        }
        self.delete(queue, letter).await
    }
}

fn is_among(ids: &[String], letter: &Message) -> bool {
    ids.iter().any(|id| letter.message_id() == Some(id))
}
