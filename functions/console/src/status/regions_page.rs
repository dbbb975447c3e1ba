use askama::Template;
use axum::{extract::State, response::Response};
use kabar_domain::{ids::RegionId, power::Region};
use kabar_store::Window;

use crate::{
    Console,
    answer::{page, sorry},
    asked::Asked,
    web::Anyone,
    words::{self, Words},
};

/// How many regions a page has.
const A_PAGE: u16 = 50;

/// All regions, a page at a time.
#[derive(Template)]
#[template(path = "regions.html")]
struct RegionsPage {
    words: &'static Words,
    regions: Vec<Row>,
    next: Option<String>,
}

/// A region.
struct Row {
    id: RegionId,
    name: String,
    /// Its state, as a name of a style, and as a sentence.
    kind: &'static str,
    state: &'static str,
}

/// Which regions there are, and whether they have power.
pub(crate) async fn regions(
    _: Anyone,
    State(console): State<Console>,
    Asked { language, after, .. }: Asked,
) -> Response {
    let window = Window {
        limit: A_PAGE,
        // What is no region begins at the beginning.
        after: after.filter(|after| RegionId::parse(after).is_some()),
        ..Window::default()
    };
    let words = words::of(language);
    match console.board.regions(&window).await {
        Ok(found) => {
            let row = |region: Region| Row {
                id: region.id,
                kind: region.status.name(),
                state: words.power(region.status),
                name: region.name,
            };
            page(&RegionsPage {
                words,
                regions: found.entries.into_iter().map(row).collect(),
                next: found.next,
            })
        }
        Err(failure) => sorry(&failure, language),
    }
}
