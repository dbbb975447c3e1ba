//! The workspace's programs, built and found through cargo itself.

use std::path::PathBuf;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::error::{Error, Explain, Result};
use crate::{layout, outside};

/// Builds every program of the workspace; returns the folder they are in. Cargo shows its own progress.
pub(crate) async fn build(progress: bool) -> Result<PathBuf> {
    cargo_build(&["--workspace", "--bins"], progress).await
}

/// Builds one program the way `cargo lambda watch` will, so that its first call finds it built.
pub(crate) async fn build_alone(name: &str, progress: bool) -> Result<()> {
    cargo_build(&["--bin", name], progress).await.map(|_| ())
}

async fn cargo_build(what: &[&str], progress: bool) -> Result<PathBuf> {
    let cargo = outside::variable("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let mut command = Command::new(&cargo);
    command
        .args(["build", "--message-format=json-render-diagnostics"])
        .args(what)
        .current_dir(layout::workspace())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    if !progress {
        command.arg("--quiet");
    }
    let mut child = command
        .spawn()
        .explain(|| format!("Rust is missing ({cargo} does not start): install it from https://rustup.rs"))?;
    let mut folder = None;
    if let Some(stdout) = child.stdout.take() {
        let mut lines = BufReader::new(stdout).lines();
        while let Some(line) = lines
            .next_line()
            .await
            .explain(|| "Cannot read from cargo".to_owned())?
        {
            folder = executable_folder(&line).or(folder);
        }
    }
    let status = child
        .wait()
        .await
        .explain(|| "Cannot wait for cargo".to_owned())?;
    if !status.success() {
        return Err(Error::new(
            "The workspace does not build: see cargo's message above.",
        ));
    }
    folder.ok_or_else(|| Error::new("The workspace has no programs to run."))
}

/// The folder of the program that a message of cargo announces; examples are in another one.
fn executable_folder(line: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(line).ok()?;
    let is_program = message["target"]["kind"]
        .as_array()?
        .iter()
        .any(|kind| kind == "bin");
    let executable = message["executable"].as_str().filter(|_| is_program)?;
    PathBuf::from(executable).parent().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_program_says_where_programs_are() {
        let program =
            r#"{"reason":"compiler-artifact","target":{"kind":["bin"]},"executable":"/t/debug/api"}"#;
        assert_eq!(executable_folder(program), Some(PathBuf::from("/t/debug")));
        let library = r#"{"reason":"compiler-artifact","target":{"kind":["lib"]},"executable":null}"#;
        assert_eq!(executable_folder(library), None);
        assert_eq!(
            executable_folder(r#"{"reason":"build-finished","success":true}"#),
            None
        );
    }
}
