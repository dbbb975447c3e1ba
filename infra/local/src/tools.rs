//! The Python tools, each list in a virtual environment of its own that is made once per list.
//!
//! An environment counts only when its last step, writing `complete`, was reached; until then it is made anew.
//! It is not renamed into place, because the programs in it carry their path in their first line.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tokio::process::Command;

use crate::error::{Error, Explain, Result};
use crate::outside;
use crate::{layout, process};

const CLOUD: &str = include_str!("../tools/cloud.txt");
const DEPLOY: &str = include_str!("../tools/deploy.txt");
const CONTRACT: &str = include_str!("../tools/contract.txt");
const BROWSER: &str = include_str!("../tools/browser.txt");

/// A virtual environment that is ready.
#[derive(Clone, Debug)]
pub(crate) struct Tools {
    folder: PathBuf,
}

impl Tools {
    /// ministack and what it needs to read a SAM template.
    pub(crate) async fn cloud(progress: bool) -> Result<Self> {
        prepare("cloud", CLOUD, progress).await
    }

    /// sam, cfn-lint, cargo-lambda and zig: for checks, packaging and `--watch`.
    pub(crate) async fn deploy(progress: bool) -> Result<Self> {
        prepare("deploy", DEPLOY, progress).await
    }

    /// schemathesis, which `infra/contract/run` finds by the folder's name.
    pub(crate) async fn contract(progress: bool) -> Result<Self> {
        prepare("contract", CONTRACT, progress).await
    }

    /// axe-core, in the package of a driver that is not used.
    pub(crate) async fn browser(progress: bool) -> Result<Self> {
        prepare("browser", BROWSER, progress).await
    }

    /// axe-core, the script.
    pub(crate) async fn axe(&self) -> Result<PathBuf> {
        let script = "import importlib.util as u; print(u.find_spec('axe_playwright_python').submodule_search_locations[0])";
        let printed = process::output(Command::new(self.python()).args(["-c", script]), None).await?;
        Ok(PathBuf::from(printed.trim()).join("axe.min.js"))
    }

    pub(crate) fn bin(&self) -> PathBuf {
        self.folder.join("bin")
    }

    pub(crate) fn python(&self) -> PathBuf {
        self.bin().join("python")
    }

    /// The folder that has `zig`, which the wheel does not put beside the other programs.
    pub(crate) async fn zig(&self) -> Result<PathBuf> {
        let script = "import os, ziglang; print(os.path.dirname(ziglang.__file__))";
        let printed = process::output(Command::new(self.python()).args(["-c", script]), None).await?;
        Ok(PathBuf::from(printed.trim()))
    }
}

async fn prepare(name: &str, requirements: &str, progress: bool) -> Result<Tools> {
    let folder = layout::local_folder()
        .join("tools")
        .join(format!("{name}-{}", fingerprint(requirements)));
    let complete = folder.join("complete");
    // The interpreter is a link, which an upgrade of Python may have broken.
    let is_made = || complete.exists() && folder.join("bin").join("python").exists();
    if is_made() {
        return Ok(Tools { folder });
    }
    layout::create(&layout::local_folder().join("tools"))?;
    let _lock = lock(&folder.with_extension("lock")).await?;
    // Another process may have made it while we waited for the lock.
    if !is_made() {
        if progress {
            eprintln!("Preparing the tools of tools/{name}.txt (once, about a minute) …");
        }
        install(&folder, requirements).await?;
        layout::write(&complete, "")?;
    }
    Ok(Tools { folder })
}

async fn install(folder: &Path, requirements: &str) -> Result<()> {
    let python = find_python().await?;
    let _ = fs::remove_dir_all(folder);
    let mut venv = Command::new(python);
    process::output(venv.args(["-m", "venv"]).arg(folder), None)
        .await
        .map_err(|error| {
            let hint = "on Debian and Ubuntu: apt install python3-venv";
            Error::new(format!("Python's venv module does not work ({hint}): {error}"))
        })?;
    let list = folder.join("requirements.txt");
    layout::write(&list, requirements)?;
    let mut pip = Command::new(folder.join("bin").join("python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        // A list has all that it needs.
        "--no-deps",
        "--requirement",
    ])
    .arg(&list);
    process::output(&mut pip, None).await.map_err(|error| {
        let _ = fs::remove_dir_all(folder);
        Error::new(format!(
            "The Python tools could not be installed (is the package index reachable?): {error}"
        ))
    })?;
    Ok(())
}

/// The first Python of at least 3.11: the one named by `PYTHON`, else the usual names.
async fn find_python() -> Result<String> {
    let usual = ["python3", "python3.13", "python3.12", "python3.11"].map(str::to_owned);
    let names = outside::variable("PYTHON").map_or_else(|| usual.to_vec(), |name| vec![name]);
    let script = "import sys; print('%d.%d' % sys.version_info[:2])";
    let mut seen = Vec::new();
    for name in names {
        match process::output(Command::new(&name).args(["-c", script]), None).await {
            Ok(version) if is_enough(version.trim()) => return Ok(name),
            Ok(version) => seen.push(format!("{name} is {}", version.trim())),
            Err(_) => seen.push(format!("no {name}")),
        }
    }
    let seen = seen.join(", ");
    Err(Error::new(format!(
        "Python 3.11 or newer is missing ({seen}): install it, or set PYTHON to its path."
    )))
}

fn is_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next(), parts.next()) >= (Some(3), Some(11))
}

fn fingerprint(requirements: &str) -> String {
    Sha256::digest(requirements)
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Waits for an exclusive lock on `file`; it ends with the returned handle.
async fn lock(file: &Path) -> Result<File> {
    let handle = File::create(file).explain(|| format!("Cannot write {}", file.display()))?;
    let path = file.to_owned();
    let locked = tokio::task::spawn_blocking(move || handle.lock().map(|()| handle)).await;
    let locked = locked.explain(|| "Waiting for a lock was interrupted".to_owned())?;
    locked.explain(|| format!("Cannot lock {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_3_11_and_newer_are_enough() {
        assert!(["3.11", "3.13", "4.0"].into_iter().all(is_enough));
        assert!(!["3.10", "3.9", "2.7", ""].into_iter().any(is_enough));
    }

    #[test]
    fn every_requirement_is_pinned() {
        for line in CLOUD
            .lines()
            .chain(DEPLOY.lines())
            .chain(CONTRACT.lines())
            .filter(|line| !line.starts_with('#'))
        {
            assert!(line.contains("=="), "{line} must name its version");
        }
    }
}
