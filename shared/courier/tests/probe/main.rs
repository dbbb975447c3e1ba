//! Probes over real connections: what answers, what does not, and where none goes.
#![expect(clippy::expect_used, reason = "what a test cannot do without fails it")]

mod answers;
mod refusals;
mod server;
