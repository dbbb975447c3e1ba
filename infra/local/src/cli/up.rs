//! `cargo local`: start, say where everything is, follow the logs until told to stop.

use std::time::Instant;

use tokio::signal::unix::{SignalKind, signal};

use super::args::Up;
use super::{logs, running};
use crate::error::{Explain, Result};
use crate::local::Local;
use crate::options::Options;
use crate::{demo, layout, settings};

/// Runs a stack until Ctrl-C or SIGTERM.
pub(super) async fn run(up: &Up) -> Result<()> {
    if running::on(up.port).await.is_some() {
        println!(
            "Kabar is already running at http://localhost:{}; {} ends it.",
            up.port,
            up.down()
        );
        return Ok(());
    }
    tokio::select! {
        result = serve(up) => result,
        result = told_to_stop(up.background) => {
            println!("\nStopping …");
            result
        }
    }
}

/// Returns only when something goes wrong; being dropped ends the stack.
async fn serve(up: &Up) -> Result<()> {
    let began = Instant::now();
    let options = Options {
        port: Some(up.port),
        binaries: up.binaries.clone(),
        keep_data: true,
        watch: up.watch,
        progress: true,
        ..Options::default()
    };
    let local = Local::start(options).await?;
    if up.demo {
        println!("Adding demo data …");
        demo::add(&local).await?;
    }
    let environment = layout::local_folder().join("env");
    layout::write(&environment, &settings::dotenv(&local.env().to_vec()))?;
    println!("{}", addresses(&local, began.elapsed().as_secs_f32()));
    if !up.background {
        return logs::follow(&local.data_dir().join("logs")).await;
    }
    // Whoever started us waits for this file.
    layout::write(&local.data_dir().join(super::detach::READY), "")?;
    std::future::pending().await
}

fn addresses(local: &Local, seconds: f32) -> String {
    let url = local.url();
    format!(
        "\nKabar is ready after {seconds:.1} s.\n\n  \
         the app              {url}/\n  \
         what left the system {url}/_local/\n  \
         superuser            {} with the password {}\n  \
         settings             .local/env (set -a; . .local/env; set +a)\n  \
         logs                 {}/logs/\n",
        local.superuser(),
        local.superuser_password(),
        local.data_dir().display(),
    )
}

/// Ends when the terminal or `cargo local down` says so.
async fn told_to_stop(background: bool) -> Result<()> {
    let listen = |kind| signal(kind).explain(|| "Cannot listen for signals".to_owned());
    let (mut interrupt, mut terminate, mut hang_up) = (
        listen(SignalKind::interrupt())?,
        listen(SignalKind::terminate())?,
        listen(SignalKind::hangup())?,
    );
    loop {
        tokio::select! {
            _ = interrupt.recv() => return Ok(()),
            _ = terminate.recv() => return Ok(()),
            // A background stack outlives its terminal.
            _ = hang_up.recv() => if !background { return Ok(()) },
        }
    }
}
