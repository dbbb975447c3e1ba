use std::path::PathBuf;

use tokio::process::Command;

use crate::failure::{Failure, Result};

/// Builds what is measured. The whole workspace, so that dependencies have the features they are deployed with.
pub(crate) async fn functions() -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--release", "--workspace", "--bins", "--quiet"])
        .kill_on_drop(true);
    let status = cargo.status().await?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::from("the workspace does not build"))
    }
}

/// A program beside this one: both are in `target/release`.
pub(crate) fn program(name: &str) -> Result<PathBuf> {
    let mut path = std::env::current_exe()?;
    if cfg!(debug_assertions) {
        return Err(Failure::from(
            "a debug build says nothing about speed: cargo run --release -p kabar-bench",
        ));
    }
    path.set_file_name(name);
    if path.is_file() {
        Ok(path)
    } else {
        Err(Failure::from(format!("{} is missing", path.display())))
    }
}
