//! A region's state for other people's pages: a picture, and what shields.io makes one from.

use askama::Template;
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kabar_domain::power::{Power, Region};
use serde_json::json;

use super::read;
use crate::{
    Console,
    answer::{KEPT_FOR, sorry},
    asked::Asked,
    web::Anyone,
    words::{self, Words},
};

/// How wide a letter of a badge is at most, in its pixels; the longest words decide how wide a badge is.
const LETTER: usize = 7;
/// What is left free beside words, on both sides together.
const MARGIN: usize = 12;

#[derive(Template)]
#[template(path = "badge.svg")]
struct Badge {
    label: &'static str,
    message: &'static str,
    color: &'static str,
    /// How wide each half is.
    left: usize,
    right: usize,
}

/// `GET /status/{region}/badge.svg`.
pub(crate) async fn badge(
    _: Anyone,
    State(console): State<Console>,
    Path(id): Path<String>,
    Asked { language, .. }: Asked,
) -> Response {
    match found(&console, &id).await {
        Ok(region) => {
            let (label, message) = said(words::of(language), region.status);
            let width = |text: &str| text.chars().count() * LETTER + MARGIN;
            let drawn = Badge {
                label,
                message,
                color: color(region.status),
                left: width(label),
                right: width(message),
            };
            let kind = HeaderValue::from_static("image/svg+xml");
            let headers = [(header::CONTENT_TYPE, kind), kept(), varied()];
            (headers, drawn.render().unwrap_or_default()).into_response()
        }
        Err(failure) => sorry(&failure, language),
    }
}

/// `GET /status/{region}/badge.json`, as <https://shields.io/badges/endpoint-badge> has it.
pub(crate) async fn badge_json(
    _: Anyone,
    State(console): State<Console>,
    Path(id): Path<String>,
    Asked { language, .. }: Asked,
) -> Response {
    match found(&console, &id).await {
        Ok(region) => {
            let (label, message) = said(words::of(language), region.status);
            let said = json!({"schemaVersion": 1, "label": label, "message": message,
                "color": color(region.status).trim_start_matches('#'), "isError": region.status == Power::Off});
            ([kept(), varied()], Json(said)).into_response()
        }
        Err(failure) => sorry(&failure, language),
    }
}

async fn found(console: &Console, id: &str) -> kabar_app::Result<Region> {
    console.board.region(read(id)?).await
}

fn said(words: &'static Words, power: Power) -> (&'static str, &'static str) {
    (words.badge_label, words.badge_power(power))
}

/// White letters on each are read well: at least 4.5 to 1 (WCAG 2.2, 1.4.3).
const fn color(power: Power) -> &'static str {
    match power {
        Power::On => "#1a7335",
        Power::Off => "#b3261e",
        Power::Unknown => "#5b6770",
    }
}

fn kept() -> (header::HeaderName, HeaderValue) {
    (header::CACHE_CONTROL, HeaderValue::from_static(KEPT_FOR))
}

fn varied() -> (header::HeaderName, HeaderValue) {
    (header::VARY, HeaderValue::from_static("accept-language"))
}
