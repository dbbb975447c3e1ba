//! Whether everything that the API can say of bad input can be said in Indonesian: its sources say what that is.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kabar_domain::Language;

use super::translated;

/// Where sentences are written.
const SOURCES: [&str; 3] = ["shared/domain/src", "shared/app/src", "functions/api/src"];
/// Where sentences are written that are not about what somebody sent: descriptions for the document, and pages.
const OTHER_FILES: [&str; 5] = [
    "/openapi.rs",
    "/openapi/",
    "/schemas.rs",
    "/telling/page",
    "/telling/letter_",
];
/// Sentences that are no reasons: examples, answers to what was done, and what an operator types at a terminal.
const OTHER_SENTENCES: [&str; 10] = [
    "Three bands, one night.",
    "Four bands, one night.",
    "Dear {{first_name|friend}}, we are open on Sunday.",
    "Dear {{first_name|friend}}, we are closed on Sunday.",
    "The mailing is on its way to this one address.",
    "If there is an account with this address, a code is on its way to it.",
    "The user is in the group.",
    "A test message is on its way.",
    "By which channels, or not; what is absent stays.",
    "Reminders are being sent.",
];

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, all);
        } else {
            all.push(path);
        }
    }
}

/// The texts between quotes of a source, without its tests and comments, and with `7` for what is filled in.
fn texts(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines
        .collect::<Vec<_>>()
        .join("\n")
        .replace("\\\"", "'")
        .replace("'\"'", "");
    let quoted = code.split('"').skip(1).step_by(2);
    quoted.map(plain).collect()
}

fn plain(text: &str) -> String {
    let doubled = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let mut said = String::new();
    for (place, part) in doubled.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, rest)) if place > 0 => said.extend(["7", rest]),
            _ => said.push_str(part),
        }
    }
    let joined = said.split("\\\n").map(str::trim_start).collect::<String>();
    joined.replace('\u{1}', "{{").replace('\u{2}', "}}")
}

/// As sentences about bad input are written here.
fn is_sentence(text: &str) -> bool {
    let begins = text.starts_with(|first: char| first.is_ascii_uppercase());
    let is_whole = text.ends_with(['.', '?']) || text.starts_with("Must ") || text.starts_with("May ");
    begins && text.contains(' ') && is_whole
}

#[test]
fn every_sentence_of_the_api_about_bad_input_is_known_in_indonesian() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = Vec::new();
    for folder in SOURCES {
        files(&root.join(folder), &mut all);
    }
    let of_input = all.iter().filter(|path| {
        let path = path.to_string_lossy();
        path.ends_with(".rs") && !OTHER_FILES.iter().any(|other| path.contains(other))
    });
    let sentences: Vec<String> = of_input
        .flat_map(|path| texts(&fs::read_to_string(path).unwrap()))
        .filter(|text| is_sentence(text) && !OTHER_SENTENCES.contains(&text.as_str()))
        .collect();
    assert!(sentences.len() > 150, "they are found: {}", sentences.len());
    let unknown: Vec<&String> = sentences
        .iter()
        .filter(|text| translated(text).is_none())
        .collect();
    assert!(
        unknown.is_empty(),
        "The console does not say these in Indonesian. Add them to the table of their area in words/reasons, \
         with `#` for what differs from time to time: {unknown:#?}"
    );
    assert!(Language::ALL.len() == 2, "another language needs its tables too");
}
