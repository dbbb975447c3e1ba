//! Programs that are run to their end: pip, cargo, operator.

use std::path::Path;
use std::process::Stdio;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::error::{Error, Explain, Result};

/// Runs a program, returns what it printed; its error output becomes the reason when it fails.
pub(crate) async fn output(command: &mut Command, input: Option<&str>) -> Result<String> {
    let name = program(command);
    let mut child = command
        .stdin(if input.is_some() {
            Stdio::piped()
        } else {
            Stdio::null()
        })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .explain(|| format!("Cannot run {name}"))?;
    if let (Some(mut stdin), Some(text)) = (child.stdin.take(), input) {
        // A program may end without having read; whether that is wrong, its status says.
        let _ = stdin.write_all(text.as_bytes()).await;
    }
    let output = child
        .wait_with_output()
        .await
        .explain(|| format!("Cannot run {name}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let reason = if said.trim().is_empty() {
        output.status.to_string()
    } else {
        said.trim().to_owned()
    };
    Err(Error::new(format!("{name} failed: {reason}")))
}

fn program(command: &Command) -> String {
    let path = Path::new(command.as_std().get_program());
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
