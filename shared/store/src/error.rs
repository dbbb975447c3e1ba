use std::error::Error;

use aws_sdk_dynamodb::error::SdkError;

/// Why a step could not be taken. What the rules forbid is not among these: that is an ordinary result.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `DynamoDB` did not do it; perhaps it will the next time.
    #[error("{operation} failed")]
    Unavailable {
        /// The operation that was asked for.
        operation: &'static str,
        /// What it answered.
        source: Box<dyn Error + Send + Sync>,
    },
    /// Others kept changing the same items; the step was tried several times.
    #[error("too many changes at once to the same items")]
    Contended,
    /// An item is not as this version writes it.
    #[error("an item cannot be read: {0}")]
    Unreadable(String),
}

impl StoreError {
    pub(crate) fn unavailable<E, R>(operation: &'static str) -> impl FnOnce(SdkError<E, R>) -> Self
    where
        E: Error + Send + Sync + 'static,
        R: std::fmt::Debug + Send + Sync + 'static,
    {
        move |source| Self::Unavailable {
            operation,
            source: Box::new(source),
        }
    }

    pub(crate) fn unreadable(reason: impl ToString) -> Self {
        Self::Unreadable(reason.to_string())
    }
}

impl From<kabar_domain::Invalid> for StoreError {
    fn from(invalid: kabar_domain::Invalid) -> Self {
        Self::unreadable(invalid)
    }
}
