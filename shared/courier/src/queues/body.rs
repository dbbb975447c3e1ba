//! The body of a queue message, in its version.

use serde::{Deserialize, Serialize};

/// The body of every queue message. `v` is the version; a new shape is a new version beside the old one.
#[derive(Serialize, Deserialize)]
pub(super) struct Body {
    pub v: u8,
    #[serde(flatten)]
    pub work: Work,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Work {
    Notice { notice: String },
    Page { page: String },
    Amend { page: String, from: u8 },
    Removal { of: String, id: String },
    Reminders { task: String },
    Import { import: String },
}

/// Reads a body of a version that this build knows.
pub(super) fn parse(body: &str) -> Option<Work> {
    let body: Body = serde_json::from_str(body).ok()?;
    (body.v == 1).then_some(body.work)
}
