//! How a function starts, and what it stands on: settings, logs, metrics, clients, time and chance.
//!
//! The only crate that reads the environment, the clock and the machine's randomness.

mod aws;
mod logs;
pub mod metrics;
mod moment;
mod secrets;
mod settings;
mod sqs;
mod system;
mod tls;
mod web;

pub use aws::Aws;
pub use logs::{cause_chain, log_to_stdout};
pub use moment::{Trigger, invocation_end};
pub use secrets::{SecretError, secret, secrets};
pub use settings::{Env, SettingsError};
pub use sqs::{each, together};
pub use system::SystemWorld;
pub use tls::tls;
pub use web::web;
