use jiff::Timestamp;

use super::Answer;
use crate::{ids::MessageId, people::Email};

/// What a provider says of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Which, by the name that we gave it.
    pub message: MessageId,
    /// Which, by the provider's name for it.
    pub provider_id: String,
    /// The address that it was sent to.
    pub email: Email,
    /// What became of it.
    pub answer: Answer,
    /// When.
    pub at: Timestamp,
}
