use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};

use crate::{
    answer::private,
    entities::OWN_MESSAGES,
    entity::{Cell, Place, Spot},
    pages::{facts, list, list_csv},
    web::{Frame, Reader, Refused, Result, shown},
    words::{mine as m, ui as w},
};

/// A message, why it came, and what it said.
#[derive(Template)]
#[template(path = "own_message.html")]
struct Page {
    frame: Frame,
    facts: Vec<(&'static str, Cell)>,
    subject: Option<String>,
    /// None where it was not sent.
    text: Option<String>,
}

const ALL: Place = Place::of(&OWN_MESSAGES);

/// `GET /me/messages`.
pub(crate) async fn messages(reader: Reader) -> Response {
    list(reader, Spot::list(ALL)).await
}

/// `GET /me/messages/csv`.
pub(crate) async fn messages_csv(reader: Reader) -> Response {
    list_csv(reader, Spot::list(ALL)).await
}

/// `GET /me/messages/{id}`.
pub(crate) async fn message(reader: Reader, Path(id): Path<String>) -> Response {
    match made(&reader, &id).await {
        Ok(page) => private(&page),
        Err(refused) => shown::refused(&refused, reader.language),
    }
}

async fn made(reader: &Reader, id: &str) -> Result<Page> {
    let spot = Spot::at(ALL, id).ok_or_else(Refused::not_found)?;
    let (found, copy) = tokio::join!(reader.get(spot.api()), reader.get(format!("{}/copy", spot.api())));
    let thing = found?.value;
    let (subject, text) = match copy {
        Ok(copy) => {
            let said = |name: &str| copy.value[name].as_str().map(str::to_owned);
            let in_chat = || copy.value["html"].as_str().map(plain);
            (said("subject"), said("text").or_else(in_chat))
        }
        Err(refused) if refused.status == StatusCode::CONFLICT => (None, None),
        Err(refused) => return Err(refused),
    };
    let facts = facts(reader, &OWN_MESSAGES, &thing).await;
    let title = facts.first().map(|(_, kind)| kind.text.clone());
    Ok(Page {
        frame: Frame::of(reader, title.unwrap_or_default()),
        facts,
        subject,
        text,
    })
}

/// The text of what Telegram takes for HTML: a few tags without attributes that matter here, and four names of
/// characters (Bot API, "HTML style").
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut is_inside = false;
    for c in html.chars() {
        match c {
            '<' => is_inside = true,
            '>' if is_inside => is_inside = false,
            _ if is_inside => {}
            c => text.push(c),
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\u{22}")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_telegram_takes_for_html_is_shown_as_text() {
        assert_eq!(plain("<b>Dago &lt;1&gt;</b> &amp;lt; 3"), "Dago <1> &lt; 3");
    }
}
