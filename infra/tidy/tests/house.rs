//! The shape of the house: file lengths, what describes it.

use kabar_tidy::{files, read, rust_files};

#[test]
fn files_are_short() {
    let mut lengths: Vec<(usize, _)> = rust_files()
        .into_iter()
        .map(|path| (read(&path).lines().count(), path))
        .collect();
    lengths.sort();
    let at = |part: usize| &lengths[lengths.len() * part / 100];
    assert!(at(50).0 <= 100, "the median file has {} lines", at(50).0);
    assert!(
        at(90).0 <= 300,
        "a tenth of the files has more than {} lines",
        at(90).0
    );
    let long: Vec<_> = lengths.iter().filter(|(length, _)| *length > 500).collect();
    assert!(long.is_empty(), "take these apart: {long:?}");
    // The template in the root is assembled from parts, which are what people read and write.
    for part in ["functions", "infra"]
        .iter()
        .flat_map(|folder| files(folder, "yaml"))
    {
        let length = read(&part).lines().count();
        assert!(length <= 500, "{part:?} has {length} lines");
    }
}

#[test]
fn every_crate_says_what_it_is() {
    for manifest in ["functions", "shared", "infra"]
        .iter()
        .flat_map(|folder| files(folder, "toml"))
    {
        let is_crate = manifest.file_name().is_some_and(|name| name == "Cargo.toml");
        let readme = manifest.with_file_name("README.md");
        assert!(
            !is_crate || kabar_tidy::root().join(&readme).exists(),
            "{readme:?} is missing"
        );
    }
}

#[test]
fn the_readme_names_what_exists() {
    let readme = read("README.md");
    let tables: Vec<&str> = readme.lines().filter(|line| line.starts_with('|')).collect();
    let mut named = 0;
    for path in tables.iter().flat_map(|line| kabar_tidy::quoted(line, '`')) {
        let is_path = path.contains('/') || path.contains('.') || path == "events";
        if is_path && !path.contains(' ') && !path.starts_with("src/") {
            assert!(
                kabar_tidy::root().join(path).exists(),
                "README.md names {path}, which is not there"
            );
            named += 1;
        }
    }
    assert!(named > 20, "only {named} paths were found in the README's tables");
}
