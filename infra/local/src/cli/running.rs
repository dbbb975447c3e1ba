//! Stacks of this workspace that run already, found by asking their gates.

use std::fs;
use std::time::Duration;

use serde_json::Value;

use crate::layout;

const PATIENCE: Duration = Duration::from_secs(2);

/// A stack that answers.
#[derive(Clone, Debug)]
pub(super) struct Running {
    pub(super) port: u16,
    pub(super) pid: u64,
    pub(super) ready: bool,
}

/// The stack of this workspace whose gate listens on `port`.
pub(super) async fn on(port: u16) -> Option<Running> {
    let http = reqwest::Client::builder()
        .timeout(PATIENCE)
        .no_proxy()
        .build()
        .ok()?;
    let answer = http
        .get(format!("http://127.0.0.1:{port}/_local/health"))
        .send()
        .await
        .ok()?;
    let health: Value = answer.json().await.ok()?;
    let ours = health["service"] == "kabar-local"
        && health["workspace"] == layout::workspace().display().to_string();
    let pid = health["pid"].as_u64().filter(|_| ours)?;
    Some(Running {
        port,
        pid,
        ready: health["status"] == "ready",
    })
}

/// The stacks on other ports that `cargo local` started here and that still answer.
pub(super) async fn others(than: u16) -> Vec<Running> {
    let mut found = Vec::new();
    for port in ports().into_iter().filter(|port| *port != than) {
        found.extend(on(port).await);
    }
    found
}

/// The folders of stacks are named by port; those of tests are nobody's to stop.
fn ports() -> Vec<u16> {
    let entries = fs::read_dir(layout::local_folder())
        .into_iter()
        .flatten()
        .flatten();
    let started = entries.filter(|entry| !layout::is_temporary(&entry.path()));
    started
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect()
}
