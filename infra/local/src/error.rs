//! Errors for a person in front of a terminal: one line that says what is wrong and what to do.

use std::fmt::{self, Display, Formatter};

/// Why the local cloud did not start or answer, in one line for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    message: String,
}

/// What the fallible functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Puts what was being tried in front of a lower error.
pub(crate) trait Explain<T> {
    fn explain(self, trying: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: std::error::Error> Explain<T> for std::result::Result<T, E> {
    fn explain(self, trying: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Error::new(format!("{}: {}", trying(), chain(&error))))
    }
}

/// An HTTP client's own message hides the reason (refused, timed out) in its sources.
fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        line = format!("{line}: {cause}");
        source = cause.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explained_error_names_the_attempt_and_the_reason() {
        let error = std::fs::read("/nowhere/at all")
            .explain(|| "Cannot read the page".to_owned())
            .unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("Cannot read the page: No such file"),
            "{error}"
        );
    }
}
