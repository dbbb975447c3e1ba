use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::Value;

/// The result of whatever asks the API.
pub(crate) type Result<T> = std::result::Result<T, Refused>;

/// What the API did not do, and why.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(crate) status: StatusCode,
    /// What about this very request, as a sentence; perhaps empty.
    pub(crate) detail: String,
    /// What is wrong with which field.
    pub(crate) errors: BTreeMap<String, Vec<String>>,
}

impl Refused {
    /// Of an answer of the API (RFC 9457).
    pub(crate) fn read(status: StatusCode, problem: &Value) -> Self {
        let sentences = |value: &Value| -> Vec<String> {
            let all = value.as_array().into_iter().flatten();
            all.filter_map(|one| one.as_str().map(str::to_owned)).collect()
        };
        let errors = problem["errors"].as_object().into_iter().flatten();
        Self {
            status,
            detail: problem["detail"].as_str().unwrap_or_default().to_owned(),
            errors: errors
                .map(|(field, reasons)| (field.clone(), sentences(reasons)))
                .collect(),
        }
    }

    /// Without a word.
    pub(super) const fn of(status: StatusCode) -> Self {
        Self {
            status,
            detail: String::new(),
            errors: BTreeMap::new(),
        }
    }

    /// There is no such thing.
    pub(crate) const fn not_found() -> Self {
        Self::of(StatusCode::NOT_FOUND)
    }

    /// It is not theirs to do.
    pub(crate) const fn not_allowed() -> Self {
        Self::of(StatusCode::FORBIDDEN)
    }

    /// It is more than is ever sent here.
    pub(crate) const fn too_large() -> Self {
        Self::of(StatusCode::PAYLOAD_TOO_LARGE)
    }

    /// It is no form.
    pub(crate) const fn unreadable() -> Self {
        Self::of(StatusCode::BAD_REQUEST)
    }

    /// A defect of ours.
    pub(crate) const fn defect() -> Self {
        Self::of(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Nobody is logged in, or not any more.
    pub(crate) const fn not_logged_in() -> Self {
        Self::of(StatusCode::UNAUTHORIZED)
    }

    /// Whether the form that asked is shown again: it can be mended, or sent once more with the key that it has.
    pub(crate) fn leaves_form(&self) -> bool {
        self.names_fields() || self.status == StatusCode::CONFLICT || self.status.is_server_error()
    }

    /// Whether fields are named that a form can show.
    pub(crate) fn names_fields(&self) -> bool {
        self.status == StatusCode::BAD_REQUEST && !self.errors.is_empty()
    }
}
