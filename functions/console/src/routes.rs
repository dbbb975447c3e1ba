use axum::routing::{MethodRouter, get};

use crate::{Console, status};

/// The whole URL space of the console.
#[must_use]
pub fn routes() -> Vec<(&'static str, MethodRouter<Console>)> {
    vec![
        ("/status", get(status::regions)),
        ("/status/", get(status::regions)),
        ("/status/{region}", get(status::region)),
        ("/status/{region}/", get(status::region)),
        ("/status/{region}/feed.xml", get(status::feed)),
        ("/status/{region}/badge.svg", get(status::badge)),
        ("/status/{region}/badge.json", get(status::badge_json)),
    ]
}
