use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use kabar_domain::{Language, power::Period};

use crate::language::preferred;

/// What the address of a page asks for, and the browser prefers. What cannot be read is as if it were not there.
pub(crate) struct Asked {
    pub(crate) language: Language,
    /// The language that the address says itself: where it leads to says it too.
    pub(crate) said: Option<Language>,
    /// What to look back on.
    pub(crate) period: Option<Period>,
    /// Where to go on after a log-in.
    pub(crate) next: Option<String>,
    /// What was done.
    pub(crate) done: Option<String>,
    /// Where to go on in a list.
    pub(crate) after: Option<String>,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let pairs = pairs.map(|Query(pairs)| pairs).unwrap_or_default();
        // Of a name that is there twice the last one counts, as in the API.
        let said = |name: &str| pairs.iter().rfind(|(known, _)| known == name);
        let said = |name: &str| said(name).map(|(_, value)| value.as_str());
        let spoken = said("lang").and_then(|code| Language::parse(code).ok());
        // Whoever is logged in has said it of themselves.
        let own = parts.extensions.get::<Language>().copied();
        Ok(Self {
            language: spoken.or(own).unwrap_or_else(|| preferred(&parts.headers)),
            said: spoken,
            period: said("period").and_then(|name| Period::parse(name).ok()),
            next: said("next").map(str::to_owned),
            done: said("done").map(str::to_owned),
            after: said("after").map(str::to_owned),
        })
    }
}
