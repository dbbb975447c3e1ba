//! What was with the power of a place: when it was out, and how reliable it was by the month.

mod by_month;
mod outages;

use askama::Template;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use kabar_domain::Zone;
use serde_json::Value;

use crate::{
    entity::Spot,
    web::Reader,
    words::{Text, past as p, ui as w},
};

use by_month::{ByMonth, by_month};
use outages::{Outages, outages};

/// The past of a place, as far as whoever reads may know it.
#[derive(Template)]
#[template(path = "past.html")]
struct Past<'r> {
    reader: &'r Reader,
    /// By whose clocks it is told: those of the place.
    zone: Zone,
    outages: Option<Outages>,
    by_month: Option<ByMonth>,
}

impl Past<'_> {
    const fn say(&self, text: Text) -> &'static str {
        text.within(self.reader.language)
    }
}

/// A place as the API describes it, and whoever reads of it.
struct Asked<'r> {
    reader: &'r Reader,
    place: &'r Value,
    /// The path of the place in the API.
    path: String,
    zone: Zone,
    now: Timestamp,
}

/// What was in a region.
pub(crate) fn of_region<'r>(
    reader: &'r Reader,
    spot: &'r Spot,
    region: &'r Value,
) -> BoxFuture<'r, Option<String>> {
    Box::pin(async move { made(reader, spot, region, "region").await.render().ok() })
}

/// What was in a home.
pub(crate) fn of_home<'r>(
    reader: &'r Reader,
    spot: &'r Spot,
    home: &'r Value,
) -> BoxFuture<'r, Option<String>> {
    Box::pin(async move { made(reader, spot, home, "home").await.render().ok() })
}

/// Of a place that the API's outages are found by under this name.
async fn made<'r>(reader: &'r Reader, spot: &Spot, place: &'r Value, filter: &str) -> Past<'r> {
    let zone = place["time_zone"].as_str();
    let asked = Asked {
        reader,
        place,
        path: spot.api(),
        zone: zone
            .and_then(|name| Zone::parse(name).ok())
            .unwrap_or_else(Zone::utc),
        now: reader.console.app.world.now(),
    };
    let query = format!("{filter}={}", spot.id);
    let (outages, by_month) = tokio::join!(outages(&asked, &query), by_month(&asked));
    Past {
        reader,
        zone: asked.zone,
        outages,
        by_month,
    }
}
