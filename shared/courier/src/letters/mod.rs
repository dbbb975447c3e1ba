//! Dead letters: queue messages whose work could not be done, and which wait for an operator.
//!
//! SQS has no list to look at: whoever looks takes letters, which hides them for a moment, and puts them back. What is
//! said of a queue is therefore as SQS says it, approximately, and less while somebody else is looking.

mod asks;
mod letter;
mod moves;
mod post;

use std::sync::Arc;

use aws_sdk_sqs::Client;

use crate::OnUse;

pub use asks::Asks;
pub use letter::DeadLetter;
pub use moves::Moved;

/// The queues of dead letters.
#[derive(Clone)]
pub struct DeadLetters {
    /// How they are reached.
    pub client: OnUse<Client>,
    /// What there is, in the order in which it is shown.
    pub queues: Arc<[DeadLetterQueue]>,
}

/// A queue of dead letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetterQueue {
    /// What staff call it: the queue that its letters come from.
    pub name: &'static str,
    /// Where it is.
    pub url: String,
    /// Where its letters come from and can go again. None for runs of schedules: the next run does the same work.
    pub source_url: Option<String>,
}

/// SQS did not do it; perhaps it will the next time.
#[derive(Debug, thiserror::Error)]
#[error("{operation} failed")]
pub struct LettersError {
    operation: &'static str,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl DeadLetters {
    /// The queue of this name.
    #[must_use]
    pub fn queue(&self, name: &str) -> Option<&DeadLetterQueue> {
        self.queues.iter().find(|queue| queue.name == name)
    }
}
