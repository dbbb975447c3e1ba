//! Reads the project as text, for tests that hold its parts to each other.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "what cannot be read fails the test"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The project's folder.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("infra/tidy lies in the project")
        .to_owned()
}

/// A file's text, by its path in the project.
#[must_use]
pub fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic_with(&path, &error))
}

#[expect(clippy::panic, reason = "what cannot be read fails the test")]
fn panic_with(path: &Path, error: &std::io::Error) -> String {
    panic!("{}: {error}", path.display())
}

/// All files below a folder of the project that end in `.extension`, as paths in the project.
#[must_use]
pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && name != "target" && !name.to_string_lossy().starts_with('.') {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path.strip_prefix(root()).expect("below the project").to_owned());
            }
        }
    }
    found.sort();
    found
}

/// All Rust files of the project.
#[must_use]
pub fn rust_files() -> Vec<PathBuf> {
    ["functions", "shared", "infra"]
        .iter()
        .flat_map(|folder| files(folder, "rs"))
        .collect()
}

/// Every piece of `text` that stands between two of these quotes.
pub fn quoted(text: &str, quote: char) -> impl Iterator<Item = &str> {
    text.split(quote).skip(1).step_by(2)
}

/// The part of `template.yaml` that belongs to a logical name: from its line to the next of the same depth.
#[must_use]
pub fn resource(template: &str, name: &str) -> String {
    let head = format!("  {name}:");
    let lines = template.lines().skip_while(|line| *line != head).skip(1);
    let own = lines.take_while(|line| line.is_empty() || line.starts_with("    ") || line.starts_with("  #"));
    own.collect::<Vec<_>>().join("\n")
}
