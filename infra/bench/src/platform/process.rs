use std::{
    fs,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use tokio::process::{Child, Command};

use super::RuntimeApi;
use crate::failure::{Failure, Result};

/// A process of a function, as Lambda starts one. It ends with its owner.
pub(crate) struct Process {
    child: Child,
    pid: String,
    /// Just before it was started.
    pub(crate) begun: Instant,
}

impl Process {
    pub(crate) fn start(
        program: &Path,
        runtime: &RuntimeApi,
        settings: &[(&'static str, String)],
    ) -> Result<Self> {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", &runtime.address)
            .envs([
                ("AWS_LAMBDA_FUNCTION_NAME", "kabar"),
                ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
                ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/kabar"),
                ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
                ("AWS_REGION", "eu-west-1"),
                ("AWS_ACCESS_KEY_ID", "bench"),
                ("AWS_SECRET_ACCESS_KEY", "made-up"),
            ])
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true);
        let begun = Instant::now();
        let child = command.spawn()?;
        let pid = child
            .id()
            .ok_or_else(|| Failure::from("a function ended at once"))?
            .to_string();
        Ok(Self { child, pid, begun })
    }

    /// The CPU time it has used so far.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        cpu(&self.pid)
    }

    /// The most memory it has had at a time, in megabytes.
    pub(crate) fn peak(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid))?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = peak
            .and_then(|text| text.split_whitespace().next())
            .ok_or("no peak memory in /proc")?;
        Ok(kib.parse::<f64>()? * 1024.0 / 1e6)
    }

    /// Ends it.
    pub(crate) async fn end(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// The CPU time that the bench itself has used so far.
pub(crate) fn own_cpu() -> Result<Duration> {
    cpu("self")
}

/// The scheduler's own account, in nanoseconds; `/proc/…/stat` counts hundredths of a second.
fn cpu(pid: &str) -> Result<Duration> {
    let mut nanos = 0;
    for task in fs::read_dir(format!("/proc/{pid}/task"))? {
        // A thread may end while it is looked at.
        let Ok(text) = fs::read_to_string(task?.path().join("schedstat")) else {
            continue;
        };
        nanos += text
            .split_whitespace()
            .next()
            .ok_or("no schedstat in /proc")?
            .parse::<u64>()?;
    }
    Ok(Duration::from_nanos(nanos))
}
