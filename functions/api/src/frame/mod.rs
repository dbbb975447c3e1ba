//! What all routes share.

mod accept;
mod access;
mod address;
mod body;
mod csv_part;
mod cursor;
mod detail;
mod entity;
mod fields;
mod finish;
mod form;
mod id;
mod line;
mod once;
mod problem;
mod schemas;
mod slash;
mod tabular;
mod times;

pub(crate) use accept::Wanted;
pub(crate) use access::{Anyone, LoggedIn, Organizers, PerhapsLoggedIn, Staff, Superuser, Telegram};
pub use access::{DeclaresAccess, Rule};
pub(crate) use address::ClientAddress;
pub(crate) use body::{Body, PerhapsBody, essence, parse as parse_json, read as read_body, utf8};
pub(crate) use csv_part::{csv_part, rows};
pub(crate) use cursor::{ListQuery, Listing, Params};
pub(crate) use entity::{Entity, IfMatch, tag_of};
pub(crate) use fields::{Fields, Sent, read_text};
pub(crate) use finish::finish;
pub(crate) use form::{Form, TextForm};
pub(crate) use id::{Id, InPath};
pub use line::{Line, REQUEST_ID};
pub(crate) use once::{Request, kept_without, once};
pub(crate) use problem::ProblemBody;
pub use problem::{Problem, ProblemKind};
pub(crate) use schemas::{money, whole_number};
pub use slash::either_slash;
pub(crate) use tabular::{Table, Tabular};
pub(crate) use times::{read_millis, read_time};

/// The result of a handler.
pub(crate) type Result<T> = std::result::Result<T, Problem>;
