use std::time::Duration;

use kabar_domain::telegram::{ChatId, Inactive};

/// Why a message did not go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The provider was asked too fast. The message was not taken; later it will be, after this time if it said so.
    Throttled(Option<Duration>),
    /// Something is broken on the way. The message may have been taken or not.
    Unknown(String),
    /// The provider did not take it and may do so later.
    Later(String),
    /// The provider will never take it.
    ForGood(String),
    /// The provider will never take it, nor anything else for its reader.
    Unreachable(Inactive),
    /// The provider did not take it, for its reader is found in another chat now.
    Moved(ChatId),
}
