use jiff::Timestamp;

use super::{Reason, Topic};
use crate::{
    ids::{MessageId, SuppressionId, UserId},
    people::Email,
};

/// That an address gets no mail of a topic, whoever has it. Mail without a topic goes all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Which.
    pub id: SuppressionId,
    /// The address.
    pub email: Email,
    /// What it gets none of.
    pub topic: Topic,
    /// Why.
    pub reason: Reason,
    /// Who said so.
    pub source: Source,
    /// The message whose fate was the reason.
    pub message: Option<MessageId>,
    /// Since when.
    pub since: Timestamp,
}

impl Suppression {
    /// The entity tag. An entry never changes; another one for the same address and topic began at another time.
    #[must_use]
    pub fn version(&self) -> u64 {
        u64::try_from(self.since.as_millisecond()).unwrap_or_default()
    }
}

/// Who put an address on the suppression list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Amazon SES, by what it said of a mail.
    Ses,
    /// A person of the staff.
    Staff(UserId),
}
