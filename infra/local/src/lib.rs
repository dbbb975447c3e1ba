//! The whole of Kabar on one machine, without an AWS account or Docker.
//!
//! An emulated cloud runs the real `template.yaml` with the workspace's own debug binaries behind a small
//! gate, which shows what left the system and can make its services fail. `cargo local` is this library with
//! a command line; the end-to-end tests start it on free ports:
//!
//! ```no_run
//! # async fn example() -> kabar_local::Result<()> {
//! let local = kabar_local::Local::start(kabar_local::Options::default()).await?;
//! println!("{}/api/ as {}", local.url(), local.superuser());
//! # Ok(()) }
//! ```

mod binaries;
pub mod cli;
mod cloud;
mod database;
mod demo;
mod deploy;
mod error;
mod forward;
mod gate;
mod guard;
mod layout;
mod local;
mod ministack;
mod options;
mod outside;
mod process;
mod secrets;
mod settings;
mod start;
mod superuser;
mod tools;
mod watch;

pub use error::{Error, Result};
pub use local::Local;
pub use options::Options;

/// The script of axe-core, which finds what in a page people with assistive technology cannot use.
///
/// # Errors
/// When it cannot be installed.
pub async fn axe() -> Result<String> {
    let script = tools::Tools::browser(false).await?.axe().await?;
    std::fs::read_to_string(&script).map_err(|error| Error::new(format!("{}: {error}", script.display())))
}
