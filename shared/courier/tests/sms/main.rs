//! Text messages, against gateways that take them, refuse them, hang, hang up, answer late and answer nonsense, each on
//! a port of its own.
#![expect(clippy::expect_used, reason = "what fails here fails the test")]

mod answers;
mod connections;
mod gateway;
mod requests;
mod server;
