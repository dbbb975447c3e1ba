//! Journeys through the deployed template, each on a local cloud of its own: from an HTTPS call to a mail that a
//! person can read, or a picture that they can see.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

mod crowd;
mod deaths;
mod first_light;
mod posters;
mod stack;
