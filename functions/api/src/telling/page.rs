use std::sync::LazyLock;

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use kabar_app::{Failure, telling::Subscribed};
use kabar_domain::Language;
use sha2::{Digest, Sha256};

use super::page_words::topic;
use crate::frame::Result;

/// The page, complete in one file, with `{…}` where words go.
const TEMPLATE: &str = include_str!("page.html");

/// When a page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// Before anything was done.
    Asks,
    /// After it.
    Done,
}

impl Page {
    /// The page of a subscription, in its person's language. Nothing that anybody sent is shown on it, the address
    /// included.
    pub(super) fn of(self, subscribed: &Subscribed) -> impl IntoResponse {
        let language = subscribed.language;
        let words = self.words(language, subscribed.is_wanted);
        let text = words
            .text
            .replace("{topic}", topic(subscribed.about.topic, language));
        let button = button(subscribed);
        let body = format!(
            "<p>{text}</p>\n  <form method=\"post\">{button}</form>\n  <p class=\"note\">{}</p>",
            words.note
        );
        html(language.code(), words.heading, &body)
    }
}

/// What stops such mails, or has them sent again.
pub(super) fn button(subscribed: &Subscribed) -> String {
    let action = if subscribed.is_wanted { "stop" } else { "resume" };
    let label = Page::Asks.words(subscribed.language, subscribed.is_wanted).button;
    format!("<button name=\"action\" value=\"{action}\">{label}</button>")
}

/// The page, or if there is no such link, a page that says so to whoever came by a browser.
pub(super) fn shown<T>(
    found: kabar_app::Result<T>,
    page: impl FnOnce(T) -> Response,
    headers: &HeaderMap,
) -> Result<Response> {
    match found {
        Ok(found) => Ok(page(found)),
        Err(Failure::NotFound) if is_browser(headers) => {
            Ok((StatusCode::NOT_FOUND, no_such_link()).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Whether somebody came by a browser, who is answered with a page also where there is nothing.
pub(super) fn is_browser(headers: &HeaderMap) -> bool {
    let accept = headers.get_all(header::ACCEPT).into_iter();
    let mut accept = accept.filter_map(|value| value.to_str().ok());
    accept.any(|value| value.contains("text/html"))
}

/// A page for a link that is none of ours, in every language, for it does not say whose it is.
fn no_such_link() -> impl IntoResponse {
    html(
        Language::En.code(),
        "This link does not work",
        "<p>It is not complete, or the account is gone. Copy all of it from the mail.</p>
  <p class=\"note\" lang=\"id\">Tautan ini tidak lengkap, atau akunnya sudah tidak ada. Salin seluruhnya dari email.</p>",
    )
}

/// Kept by nobody, framed by nobody, running nothing, sending its address, which has the token in it, to nobody. What
/// somebody wrote stands in the body alone, escaped, and comes last, so that no place in it is taken for one of the page.
pub(super) fn html(language: &str, heading: &str, body: &str) -> Response {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        let style = TEMPLATE.split_once("<style>").map_or("", |(_, rest)| rest);
        let style = style.split_once("</style>").map_or("", |(style, _)| style);
        let hash = BASE64.encode(Sha256::digest(style));
        format!(
            "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'"
        )
    });
    let page = TEMPLATE
        .replace("{language}", language)
        .replace("{heading}", heading)
        .replace("{body}", body);
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY.as_str()),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, Html(page)).into_response()
}
