//! `cargo local down`.

use std::time::Duration;

use tokio::process::Command;

use super::running::{self, Running};
use crate::error::{Error, Result};
use crate::process;

const POLL: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(20);

/// Ends the stack on that port and no other: several people or programs may have one each.
pub(super) async fn run(port: u16) -> Result<()> {
    if let Some(stack) = running::on(port).await {
        stop(&stack).await?;
        println!("Stopped the stack on port {port}.");
        return Ok(());
    }
    println!("Nothing is running on port {port}.");
    for other in running::others(port).await {
        println!(
            "There is a stack on port {0}: `cargo local down --port {0}` ends it.",
            other.port
        );
    }
    Ok(())
}

async fn stop(stack: &Running) -> Result<()> {
    // Every shell has kill; the program of that name is not everywhere.
    let kill = format!("kill -TERM {}", stack.pid);
    process::output(Command::new("/bin/sh").args(["-c", &kill]), None).await?;
    let gone = async {
        while running::on(stack.port).await.is_some() {
            tokio::time::sleep(POLL).await;
        }
    };
    let message = || Error::new(format!("Process {} does not stop: end it by hand.", stack.pid));
    tokio::time::timeout(PATIENCE, gone).await.map_err(|_| message())
}
