//! Instants as the store keeps them: milliseconds since 1970, as a number, or as thirteen digits in a key.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An instant in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Millis(i64);

impl From<Timestamp> for Millis {
    fn from(instant: Timestamp) -> Self {
        Self(instant.as_millisecond())
    }
}

impl From<Millis> for Timestamp {
    /// An instant out of range reads as the end of time.
    fn from(millis: Millis) -> Self {
        Self::from_millisecond(millis.0).unwrap_or(Self::MAX)
    }
}

/// Thirteen digits sort until the year 2286.
pub(crate) fn digits(instant: Timestamp) -> String {
    format!("{:013}", instant.as_millisecond().max(0))
}

/// Back from [`digits`].
pub(crate) fn from_digits(text: &str) -> Option<Timestamp> {
    Timestamp::from_millisecond(text.parse().ok()?).ok()
}
