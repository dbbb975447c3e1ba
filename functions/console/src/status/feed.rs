//! The outages of a region as RSS 2.0: an entry when the power goes out, another when it is back.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822, tz::TimeZone};
use kabar_courier::words::{duration, moment};
use kabar_domain::{
    Language,
    power::{Outage, Region},
};

use super::read;
use crate::{
    Console,
    answer::{KEPT_FOR, sorry},
    asked::Asked,
    web::Anyone,
    words::{self, Words},
};

/// How many outages a feed has: more than there are between two looks of a reader.
const LATEST: u16 = 20;

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed {
    words: &'static Words,
    region: Region,
    page: String,
    entries: Vec<Entry>,
}

struct Entry {
    title: String,
    text: String,
    /// By which a reader knows it again.
    id: String,
    at: String,
}

/// `GET /status/{region}/feed.xml`.
pub(crate) async fn feed(
    _: Anyone,
    State(console): State<Console>,
    Path(id): Path<String>,
    Asked { language, .. }: Asked,
) -> Response {
    let found = async {
        let id = read(&id)?;
        let region = console.board.region(id).await?;
        let outages = console.board.last_outages(&region, LATEST).await?;
        Ok((region, outages))
    };
    match found.await {
        Ok((region, outages)) => {
            let mut entries: Vec<(Timestamp, Entry)> = outages
                .iter()
                .flat_map(|outage| entries(outage, &region, language))
                .collect();
            entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
            let made = Feed {
                words: words::of(language),
                page: format!("{}/status/{id}", console.site.url),
                region,
                entries: entries.into_iter().map(|(_, entry)| entry).collect(),
            };
            let headers = [
                (header::CONTENT_TYPE, "application/rss+xml; charset=utf-8"),
                (header::CACHE_CONTROL, KEPT_FOR),
                (header::VARY, "accept-language"),
            ];
            (headers, made.render().unwrap_or_default()).into_response()
        }
        Err(failure) => sorry(&failure, language),
    }
}

fn entries(outage: &Outage, region: &Region, language: Language) -> Vec<(Timestamp, Entry)> {
    let words = words::of(language);
    let entry = |at: Timestamp, title: &str, id: String, lasted: Option<String>| {
        let when = moment(at, &region.zone, language);
        let text = lasted.map_or_else(
            || format!("{title}: {when}."),
            |lasted| format!("{title}: {when}; {} {lasted}.", words.lasted),
        );
        let title = format!("{}: {title}", region.name);
        let at_text = rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).unwrap_or_default();
        (
            at,
            Entry {
                title,
                text,
                id,
                at: at_text,
            },
        )
    };
    let id = outage.key.id.to_string();
    let mut entries = vec![entry(outage.key.started_at, words.went_out, id.clone(), None)];
    if let (Some(end), Some(seconds)) = (outage.ended_at, outage.duration_s()) {
        let lasted = duration(SignedDuration::from_secs(seconds), language);
        entries.push(entry(end, words.came_back, format!("{id}/back"), Some(lasted)));
    }
    entries
}
