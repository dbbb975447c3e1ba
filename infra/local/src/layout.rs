//! Where things are: the workspace, the tools, and the folder of each stack.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::{Error, Explain, Result};

/// Marks the folder of a stack that a test made, which the next start may sweep away.
const TEMPORARY: &str = "temporary";

/// The root of the workspace this crate was built in.
pub(crate) fn workspace() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.ancestors().nth(2).unwrap_or(crate_folder).to_owned()
}

/// Everything that `cargo local` writes is below this folder.
pub(crate) fn local_folder() -> PathBuf {
    workspace().join(".local")
}

/// The folder of one running stack, held by a lock file as long as the stack lives.
pub(crate) struct StackFolder {
    path: PathBuf,
    temporary: bool,
    _lock: File,
}

impl StackFolder {
    /// Empties and takes the folder of the stack whose gate listens on `port`.
    pub(crate) fn take(data_dir: Option<PathBuf>, port: u16, temporary: bool) -> Result<Self> {
        sweep();
        let path = data_dir.unwrap_or_else(|| local_folder().join(port.to_string()));
        create(&path)?;
        let Some(lock) = try_lock(&path)? else {
            return Err(Error::new(format!(
                "Another stack runs in {}: stop it with `cargo local down`",
                path.display()
            )));
        };
        for name in ["logs", "tmp"] {
            // What a stack leaves is for looking at afterwards; a new one starts from nothing.
            let _ = fs::remove_dir_all(path.join(name));
            create(&path.join(name))?;
        }
        // A port may have been another stack's before.
        let _ = fs::remove_file(path.join(TEMPORARY));
        if temporary {
            write(&path.join(TEMPORARY), "")?;
        }
        Ok(Self {
            path,
            temporary,
            _lock: lock,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    pub(crate) fn logs(&self) -> PathBuf {
        self.path.join("logs")
    }
}

impl Drop for StackFolder {
    fn drop(&mut self) {
        // A failing test keeps its logs.
        if self.temporary && !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// Whether a folder is that of a test's stack.
pub(crate) fn is_temporary(folder: &Path) -> bool {
    folder.join(TEMPORARY).exists()
}

/// Removes the folders of tests whose process has ended without cleaning up.
fn sweep() {
    let Ok(entries) = fs::read_dir(local_folder()) else {
        return;
    };
    for folder in entries.flatten().map(|entry| entry.path()) {
        if is_temporary(&folder) && matches!(try_lock(&folder), Ok(Some(_))) {
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

/// The lock of a folder, or none while another process holds it.
fn try_lock(folder: &Path) -> Result<Option<File>> {
    let file =
        File::create(folder.join("lock")).explain(|| format!("Cannot write in {}", folder.display()))?;
    Ok(file.try_lock().is_ok().then_some(file))
}

/// Makes a folder with its parents.
pub(crate) fn create(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).explain(|| format!("Cannot make the folder {}", folder.display()))
}

/// Writes a small text file.
pub(crate) fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).explain(|| format!("Cannot write {}", file.display()))
}

/// The last lines of a log, for the one message that says why something died.
pub(crate) fn tail(file: &Path, lines: usize) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let all: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}
