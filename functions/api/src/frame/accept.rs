use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use headers_accept::Accept;
use mediatype::{
    MediaType,
    names::{APPLICATION, CHARSET, CSV, JSON, TEXT},
    values::UTF_8,
};

use super::Problem;
use crate::Api;

/// What there is. A range matches what has all of its parameters, so that tables are there with theirs and without.
const FORMS: [MediaType<'_>; 3] = [
    MediaType::new(APPLICATION, JSON),
    MediaType::new(TEXT, CSV),
    MediaType::from_parts(TEXT, CSV, None, &[(CHARSET, UTF_8)]),
];

/// In which form an answer is wanted that there is in two (RFC 9110 §12.5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// As JSON, also for whoever takes neither or does not say.
    Json,
    /// As a table.
    Csv,
}

impl Wanted {
    fn of(accept: &str) -> Self {
        // What is the same in any case, is the same here too, also as the value of a parameter.
        let wanted: Option<Accept> = accept.to_ascii_uppercase().parse().ok();
        match wanted.and_then(|wanted| wanted.negotiate(&FORMS).cloned()) {
            Some(best) if best.subty == CSV => Self::Csv,
            _ => Self::Json,
        }
    }
}

impl FromRequestParts<Api> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Problem> {
        let lines = parts.headers.get_all(header::ACCEPT).iter();
        let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
        Ok(Self::of(&lines.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_the_one_that_is_liked_best_and_json_where_neither_is() {
        for (accept, wanted) in [
            ("", Wanted::Json),
            ("*/*", Wanted::Json),
            ("text/csv", Wanted::Csv),
            ("TEXT/CSV; charset=utf-8", Wanted::Csv),
            ("text/*", Wanted::Csv),
            ("text/csv, application/json;q=0.9", Wanted::Csv),
            ("text/csv;q=0.8, application/json;q=0.9", Wanted::Json),
            ("text/csv;q=0.5, */*;q=0.1", Wanted::Csv),
            ("text/csv;q=0, */*", Wanted::Json),
            ("application/json;q=0, */*", Wanted::Csv),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Wanted::Json),
            ("image/png", Wanted::Json),
            ("text/csv;q=nonsense,,;", Wanted::Json),
            ("=;,/", Wanted::Json),
        ] {
            assert_eq!(Wanted::of(accept), wanted, "{accept}");
        }
    }
}
