//! The emulated cloud: one ministack process per stack.

use std::net::TcpListener;
use std::time::Duration;

use serde_json::Value;

use crate::error::{Error, Explain, Result};
use crate::guard::Guarded;
use crate::layout::StackFolder;
use crate::outside;
use crate::settings::{ACCESS_KEY, REGION};
use crate::tools::Tools;

const PROGRAM: &str = include_str!("ministack.py");
/// It is up within a second on an idle machine; a busy one gets a minute.
const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(50);

/// The running emulator.
pub(crate) struct Ministack {
    process: Guarded,
    url: String,
}

impl Ministack {
    /// Starts an emulator on a free port of 127.0.0.1 and waits until it answers.
    pub(crate) async fn start(tools: &Tools, folder: &StackFolder) -> Result<Self> {
        // It takes a port number, not a socket, so somebody may be quicker; then another port does.
        let mut failure = Error::new("ministack did not start");
        for _ in 0..4 {
            match Self::start_on(free_port()?, tools, folder).await {
                Ok(started) => return Ok(started),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    async fn start_on(port: u16, tools: &Tools, folder: &StackFolder) -> Result<Self> {
        let identity = outside::random_hex(8)?;
        let log = folder.file("ministack.log");
        let command = [tools.python().into_os_string(), "-c".into(), PROGRAM.into()];
        let process = Guarded::start(command, folder.path(), environment(port, &identity, folder), &log)?;
        let mut ministack = Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
        };
        match tokio::time::timeout(PATIENCE, ministack.until_ready(&identity)).await {
            Ok(Ok(())) => Ok(ministack),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(Error::new(format!(
                "ministack did not answer within a minute: see {}",
                log.display()
            ))),
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) async fn stop(&mut self) {
        self.process.stop().await;
    }

    async fn until_ready(&mut self, identity: &str) -> Result<()> {
        let http = reqwest::Client::builder().no_proxy().build();
        let http = http.explain(|| "Cannot make an HTTP client".to_owned())?;
        let health = format!("{}/_ministack/health", self.url);
        while !self.process.has_ended() {
            let answer = async { http.get(&health).send().await.ok()?.json::<Value>().await.ok() };
            match answer.await {
                // Whoever listens there shows our mark, or is the emulator of another stack.
                Some(health) if health["edition"] == identity => return Ok(()),
                _ => tokio::time::sleep(POLL).await,
            }
        }
        Err(Error::new(format!(
            "ministack ended: {}",
            self.process.last_words()
        )))
    }
}

fn environment(port: u16, identity: &str, folder: &StackFolder) -> Vec<(&'static str, String)> {
    let path = outside::variable("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".to_owned());
    let temporary = folder.file("tmp");
    vec![
        ("PATH", path),
        ("HOME", temporary.display().to_string()),
        ("TMPDIR", temporary.display().to_string()),
        ("S3_DATA_DIR", folder.file("s3").display().to_string()),
        ("GATEWAY_PORT", port.to_string()),
        ("BIND_HOST", "127.0.0.1".to_owned()),
        // Queue addresses are made of this name.
        ("MINISTACK_HOST", "127.0.0.1".to_owned()),
        ("MINISTACK_REGION", REGION.to_owned()),
        // It checks the signature of links to objects.
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", ACCESS_KEY.to_owned()),
        ("MINISTACK_EDITION", identity.to_owned()),
        ("LOG_LEVEL", "WARNING".to_owned()),
    ]
}

/// A port that nobody listens on at this moment.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").explain(|| "No free port on 127.0.0.1".to_owned())?;
    Ok(listener
        .local_addr()
        .explain(|| "No free port on 127.0.0.1".to_owned())?
        .port())
}
