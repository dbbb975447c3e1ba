//! `--detach`: a background process owns the stack; we show its progress and leave when it is ready.

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};

use super::args::Up;
use super::running;
use crate::error::{Error, Explain, Result};
use crate::layout;

/// Appears in the stack's folder when all is ready.
pub(super) const READY: &str = "ready";
const POLL: Duration = Duration::from_millis(100);

pub(super) async fn start(up: &Up) -> Result<()> {
    if let Some(stack) = running::on(up.port).await {
        let state = if stack.ready {
            "already running"
        } else {
            "already starting"
        };
        println!(
            "Kabar is {state} at http://localhost:{}; {} ends it.",
            up.port,
            up.down()
        );
        return Ok(());
    }
    let folder = layout::local_folder().join(up.port.to_string());
    layout::create(&folder)?;
    let ready = folder.join(READY);
    // Of an earlier stack that was not stopped by us; there may be none.
    let _ = fs::remove_file(&ready);
    let log = folder.join("local.log");
    let mut child = spawn(up, &log)?;
    let mut shown = 0;
    while !ready.exists() {
        shown += show(&log, shown);
        if let Some(status) = child
            .try_wait()
            .explain(|| "Cannot watch the background process".to_owned())?
        {
            show(&log, shown);
            return Err(Error::new(format!(
                "The stack did not start ({status}): see {}",
                log.display()
            )));
        }
        tokio::time::sleep(POLL).await;
    }
    show(&log, shown);
    println!("It runs in the background; {} ends it.", up.down());
    Ok(())
}

fn spawn(up: &Up, log: &Path) -> Result<Child> {
    let failed = || "Cannot start the background process".to_owned();
    let program = std::env::current_exe().explain(failed)?;
    layout::write(log, "")?;
    let output = || OpenOptions::new().append(true).open(log).explain(failed);
    let mut command = Command::new(program);
    command.args(["up", "--background", "--port", &up.port.to_string()]);
    command
        .args(up.demo.then_some("--demo"))
        .args(up.watch.then_some("--watch"));
    if let Some(folder) = &up.binaries {
        command.arg("--binaries").arg(folder);
    }
    // A group of its own, so that Ctrl-C in this terminal is not meant for it.
    command
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(output()?)
        .stderr(output()?);
    command.spawn().explain(failed)
}

/// Prints what the log has beyond `from`; returns how much that was.
fn show(log: &Path, from: usize) -> usize {
    let text = fs::read_to_string(log).unwrap_or_default();
    let new = text.get(from..).unwrap_or_default();
    print!("{new}");
    new.len()
}
