use kabar_courier::{BucketError, LettersError, QueueError, words::WordsError};
use kabar_domain::Invalid;
use kabar_store::StoreError;

use crate::Unread;

/// The result of a use case.
pub type Result<T> = std::result::Result<T, Failure>;

/// A field that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, as it was sent.
    pub field: &'static str,
    /// Why it was refused.
    pub reason: Invalid,
}

/// Why a use case was not done. None of these knows HTTP.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Some fields name what cannot be; all of them are listed.
    #[error("some fields are invalid")]
    Invalid(Vec<FieldError>),
    /// The token is missing, forged, expired or revoked.
    #[error("not logged in")]
    NotLoggedIn,
    /// Username and password do not fit.
    #[error("wrong username or password")]
    WrongCredentials,
    /// Too many logins failed, for this account or from this address.
    #[error("too many tries")]
    TooManyTries {
        /// In how many seconds the next may be made.
        retry_after: u64,
    },
    /// Known who, and not allowed.
    #[error("not allowed")]
    NotAllowed,
    /// There is no such thing, or the caller may not know of it.
    #[error("not found")]
    NotFound,
    /// The state of things forbids it; the sentence says how.
    #[error("{0}")]
    Conflict(&'static str),
    /// It is not the version that the caller expected.
    #[error("changed meanwhile")]
    Changed,
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bucket could not do it.
    #[error(transparent)]
    Bucket(#[from] BucketError),
    /// The queue could not take it.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The queues of dead letters did not answer.
    #[error(transparent)]
    Letters(#[from] LettersError),
    /// What only this installation knows could not be read.
    #[error("the secrets cannot be read")]
    Secrets(#[source] Unread),
    /// Words of ours are broken.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// A defect of ours.
    #[error("{0}")]
    Defect(String),
}

impl Failure {
    /// One field is invalid.
    pub fn field(field: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError {
            field,
            reason: Invalid::because(reason),
        }])
    }
}

/// Which version of a thing a caller means to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Whichever there is.
    Any,
    /// This one.
    Version(u64),
    /// One that there never was.
    Never,
}

/// How often a change is tried whose caller does not mind which version it meets.
pub(crate) const MOST_TRIES: u32 = 5;

impl Expected {
    /// Tries a change again that met another one, unless the caller means one version and no other.
    pub(crate) async fn settle<T, F>(self, mut attempt: impl FnMut() -> F) -> Result<T>
    where
        F: Future<Output = Result<T>>,
    {
        for _ in 1..MOST_TRIES {
            match attempt().await {
                Err(Failure::Changed) if self == Self::Any => {}
                settled => return settled,
            }
        }
        attempt().await
    }

    /// Refuses any other version.
    ///
    /// # Errors
    /// [`Failure::Changed`] when this is another one.
    pub fn check(self, version: u64) -> Result<()> {
        match self {
            Self::Any => Ok(()),
            Self::Version(expected) if expected == version => Ok(()),
            Self::Version(_) | Self::Never => Err(Failure::Changed),
        }
    }
}
