use std::sync::LazyLock;

use axum::{
    http::header,
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use kabar_app::telling::Subscribed;
use kabar_domain::Language;
use sha2::{Digest, Sha256};

use super::page_words::topic;

/// The page, complete in one file, with `{…}` where words go. Nothing that anybody sent is shown on it, the address
/// included, so there is nothing to escape.
const TEMPLATE: &str = include_str!("unsubscribe.html");

/// When a page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// Before anything was done.
    Asks,
    /// After it.
    Done,
}

impl Page {
    /// The page of a subscription, in its person's language.
    pub(super) fn of(self, subscribed: &Subscribed) -> impl IntoResponse {
        let language = subscribed.language;
        let words = self.words(language, subscribed.is_wanted);
        let action = if subscribed.is_wanted { "stop" } else { "resume" };
        let button = format!(
            "<button name=\"action\" value=\"{action}\">{}</button>",
            words.button
        );
        html(
            language.code(),
            words.heading,
            &words
                .text
                .replace("{topic}", topic(subscribed.about.topic, language)),
            &format!("<form method=\"post\">{button}</form>"),
            words.note,
        )
    }
}

/// A page for a link that is none of ours, in every language, for it does not say whose it is.
pub(super) fn no_such_link() -> impl IntoResponse {
    html(
        Language::En.code(),
        "This link does not work",
        "It is not complete, or the account is gone. Copy all of it from the mail.",
        "",
        "<span lang=\"id\">Tautan ini tidak lengkap, atau akunnya sudah tidak ada. Salin seluruhnya dari email.</span>",
    )
}

/// Kept by nobody, framed by nobody, running nothing, sending its address, which has the token in it, to nobody.
fn html(language: &str, heading: &str, text: &str, form: &str, note: &str) -> Response {
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
        .replace("{text}", text)
        .replace("{form}", form)
        .replace("{note}", note);
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY.as_str()),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, Html(page)).into_response()
}
