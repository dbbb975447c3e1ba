/// Why a value was refused, as a sentence for the person who sent it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(String);

impl Invalid {
    /// Refuses a value with a sentence that says what would have been accepted.
    pub fn because(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}
