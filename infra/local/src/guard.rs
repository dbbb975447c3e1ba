//! Child processes that cannot outlive us.
//!
//! The emulator starts functions of its own, so a child is a whole process group. A two-command shell stands
//! at its head and waits for the end of its standard input, a pipe whose other end only we hold: when we close
//! it, or die in whatever way, the shell kills the group.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::{Child, Command};

use crate::error::{Explain, Result};
use crate::layout;

const GUARD: &str = r#"("$@"; kill -KILL 0) & cat >/dev/null; kill -KILL 0"#;

/// A running process group, killed when this is dropped.
pub(crate) struct Guarded {
    child: Child,
    log: PathBuf,
}

impl Guarded {
    /// Starts `command` (program and arguments) in `folder` with exactly `environment`; its output goes to `log`.
    pub(crate) fn start<C, E, K, V>(command: C, folder: &Path, environment: E, log: &Path) -> Result<Self>
    where
        C: IntoIterator<Item: AsRef<OsStr>>,
        E: IntoIterator<Item = (K, V)>,
        K: AsRef<OsStr>,
        V: AsRef<OsStr>,
    {
        let output = || {
            let file = OpenOptions::new().create(true).append(true).open(log);
            file.explain(|| format!("Cannot write {}", log.display()))
        };
        let child = Command::new("/bin/sh")
            .args(["-c", GUARD, "guard"])
            .args(command)
            .current_dir(folder)
            .env_clear()
            .envs(environment)
            .stdin(Stdio::piped())
            .stdout(output()?)
            .stderr(output()?)
            .process_group(0)
            .spawn()
            .explain(|| "Cannot start /bin/sh".to_owned())?;
        Ok(Self {
            child,
            log: log.to_owned(),
        })
    }

    /// Whether the program has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// The end of what the program said.
    pub(crate) fn last_words(&self) -> String {
        layout::tail(&self.log, 5)
    }

    /// Ends the group and waits until it is gone.
    pub(crate) async fn stop(&mut self) {
        drop(self.child.stdin.take());
        // The shell is killed with its group, so there is always an end to wait for.
        let _ = self.child.wait().await;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn stopping_takes_grandchildren_along() {
        let folder = std::env::temp_dir().join(format!("kabar-guard-{}", std::process::id()));
        layout::create(&folder).unwrap();
        let log = folder.join("log");
        let script = "sleep 600 & echo $!; wait";
        let mut child = Guarded::start(
            ["/bin/sh", "-c", script],
            &folder,
            [("PATH", "/usr/bin:/bin")],
            &log,
        )
        .unwrap();
        let grandchild = loop {
            let text = layout::tail(&log, 1);
            if !text.is_empty() {
                break text;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        assert!(!child.has_ended());
        child.stop().await;
        let alive = Command::new("/bin/sh")
            .args(["-c", &format!("kill -0 {grandchild} 2>/dev/null")])
            .status();
        // A killed orphan may stay a zombie until init reaps it, which still answers signal 0 for a moment.
        let gone = !alive.await.unwrap().success()
            || std::fs::read_to_string(format!("/proc/{grandchild}/stat"))
                .is_ok_and(|stat| stat.contains(" Z "));
        assert!(gone, "process {grandchild} is still there");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
