//! The machine's environment, clock and randomness: the only module of this crate that touches them.
#![expect(
    clippy::disallowed_methods,
    reason = "a program for a developer's machine has no kit to be handed time, settings and randomness by"
)]

use jiff::Timestamp;

use crate::error::{Error, Result};

/// An environment variable; an empty one is as good as none.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// This moment.
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// `bytes` random bytes in hexadecimal: keys, passwords and identities of a stack.
pub(crate) fn random_hex(bytes: usize) -> Result<String> {
    let mut buffer = vec![0; bytes];
    getrandom::fill(&mut buffer).map_err(|error| Error::new(format!("No random numbers: {error}")))?;
    Ok(buffer.iter().map(|byte| format!("{byte:02x}")).collect())
}
