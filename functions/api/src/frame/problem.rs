use std::collections::BTreeMap;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kabar_app::{Failure, FieldError};
use serde::Serialize;
use utoipa::ToSchema;

/// Why a request was not done (RFC 9457). Becomes a response in [`super::finish`].
#[derive(Clone, Debug)]
pub struct Problem {
    /// Which kind.
    pub kind: ProblemKind,
    /// What about this very request.
    pub detail: Option<String>,
    /// What is wrong with which field.
    pub errors: BTreeMap<String, Vec<String>>,
    /// In how many seconds to try again.
    pub retry_after: Option<u64>,
}

/// The kinds of problems; each has a stable type, a title and a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The request cannot be read.
    Malformed,
    /// Some fields are invalid.
    Invalid,
    /// No token, or none that is good.
    NotLoggedIn,
    /// Known who, and not allowed.
    NotAllowed,
    /// No such thing.
    NotFound,
    /// No such method here.
    MethodNotAllowed,
    /// The state of things forbids it.
    Conflict,
    /// Not the version that was expected.
    Changed,
    /// The body is too large.
    TooLarge,
    /// The body is not of the type that is read here.
    UnsupportedMediaType,
    /// The idempotency key was used for another request.
    KeyReused,
    /// It was tried too often.
    TooManyTries,
    /// A part of the system is down; try again.
    Unavailable,
    /// A defect of ours.
    Internal,
}

impl ProblemKind {
    /// Every kind, for documentation and tests.
    pub const ALL: [Self; 14] = [
        Self::Malformed,
        Self::Invalid,
        Self::NotLoggedIn,
        Self::NotAllowed,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::Changed,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::KeyReused,
        Self::TooManyTries,
        Self::Unavailable,
        Self::Internal,
    ];

    /// The last part of its type, its title, and its status.
    #[must_use]
    pub const fn facts(self) -> (&'static str, &'static str, StatusCode) {
        match self {
            Self::Malformed => ("malformed", "The request cannot be read", StatusCode::BAD_REQUEST),
            Self::Invalid => ("invalid", "Some fields are invalid", StatusCode::BAD_REQUEST),
            Self::NotLoggedIn => ("not-logged-in", "You are not logged in", StatusCode::UNAUTHORIZED),
            Self::NotAllowed => ("not-allowed", "You may not do this", StatusCode::FORBIDDEN),
            Self::NotFound => ("not-found", "There is no such thing", StatusCode::NOT_FOUND),
            Self::MethodNotAllowed => (
                "method-not-allowed",
                "This method does not apply here",
                StatusCode::METHOD_NOT_ALLOWED,
            ),
            Self::Conflict => (
                "conflict",
                "The state of things forbids this",
                StatusCode::CONFLICT,
            ),
            Self::Changed => (
                "changed",
                "It has changed meanwhile",
                StatusCode::PRECONDITION_FAILED,
            ),
            Self::TooLarge => (
                "too-large",
                "The body is too large",
                StatusCode::PAYLOAD_TOO_LARGE,
            ),
            Self::UnsupportedMediaType => (
                "unsupported-media-type",
                "The body is of another type than is read here",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ),
            Self::KeyReused => (
                "key-reused",
                "The idempotency key was used for another request",
                StatusCode::UNPROCESSABLE_ENTITY,
            ),
            Self::TooManyTries => (
                "too-many-tries",
                "Too many tries; wait",
                StatusCode::TOO_MANY_REQUESTS,
            ),
            Self::Unavailable => (
                "unavailable",
                "A part of Kabar does not answer; try again",
                StatusCode::SERVICE_UNAVAILABLE,
            ),
            Self::Internal => (
                "internal",
                "Kabar has a defect",
                StatusCode::INTERNAL_SERVER_ERROR,
            ),
        }
    }

    /// The kind that stands for a status that no handler chose.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let fits = |kind: &Self| kind.facts().2 == status;
        let fallback = if status.is_client_error() {
            Self::Malformed
        } else {
            Self::Internal
        };
        Self::ALL.into_iter().find(fits).unwrap_or(fallback)
    }
}

/// The body of every error.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProblemBody {
    /// A stable reference to the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/docs/#problem-invalid")]
    pub(crate) kind: String,
    /// The kind of problem in words.
    #[schema(example = "Some fields are invalid")]
    pub(crate) title: &'static str,
    /// The HTTP status.
    #[schema(example = 400)]
    pub(crate) status: u16,
    /// What about this very request; always there, except with a defect of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
    /// What is wrong with which field; all bad fields are named.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) errors: BTreeMap<String, Vec<String>>,
    /// By which an operator finds the request in the log; only with server errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request_id: Option<String>,
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self {
            kind,
            detail: None,
            errors: BTreeMap::new(),
            retry_after: (kind == ProblemKind::Unavailable).then_some(1),
        }
    }
}

impl Problem {
    /// A problem with a sentence about this request.
    pub(crate) fn with_detail(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()),
            ..kind.into()
        }
    }

    /// Fields that are invalid.
    pub(crate) fn invalid(errors: Vec<FieldError>) -> Self {
        let mut problem = Self::from(ProblemKind::Invalid);
        for FieldError { field, reason } in errors {
            problem
                .errors
                .entry(field.to_owned())
                .or_default()
                .push(reason.to_string());
        }
        problem
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Invalid(errors) => Self::invalid(errors),
            Failure::NotLoggedIn => ProblemKind::NotLoggedIn.into(),
            Failure::WrongCredentials => {
                Self::with_detail(ProblemKind::NotLoggedIn, "Username and password do not fit.")
            }
            Failure::TooManyTries { retry_after } => Self {
                retry_after: Some(retry_after),
                ..ProblemKind::TooManyTries.into()
            },
            Failure::NotAllowed => ProblemKind::NotAllowed.into(),
            Failure::NotFound => ProblemKind::NotFound.into(),
            Failure::Conflict(how) => Self::with_detail(ProblemKind::Conflict, how),
            Failure::Changed => ProblemKind::Changed.into(),
            Failure::Store(error) => {
                tracing::error!(cause = kabar_kit::cause_chain(&error), "the store failed");
                match error {
                    kabar_store::StoreError::Unreadable(_) => ProblemKind::Internal.into(),
                    kabar_store::StoreError::Unavailable { .. } | kabar_store::StoreError::Contended => {
                        ProblemKind::Unavailable.into()
                    }
                }
            }
            Failure::Bucket(error) => {
                tracing::error!(cause = kabar_kit::cause_chain(&error), "the bucket failed");
                ProblemKind::Unavailable.into()
            }
            Failure::Queue(error) => {
                tracing::error!(cause = kabar_kit::cause_chain(&error), "the queue failed");
                ProblemKind::Unavailable.into()
            }
            Failure::Letters(error) => {
                tracing::error!(cause = kabar_kit::cause_chain(&error), "the dead letters failed");
                ProblemKind::Unavailable.into()
            }
            Failure::Secrets(error) => {
                tracing::error!(
                    cause = kabar_kit::cause_chain(&*error),
                    "the secrets cannot be read"
                );
                ProblemKind::Unavailable.into()
            }
            Failure::Words(error) => {
                tracing::error!(cause = kabar_kit::cause_chain(&error), "words are broken");
                ProblemKind::Internal.into()
            }
            Failure::Defect(defect) => {
                tracing::error!(cause = defect, "a defect");
                ProblemKind::Internal.into()
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.kind.facts().2.into_response();
        if self.kind == ProblemKind::NotLoggedIn {
            // RFC 9110 §11.6.1.
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}
