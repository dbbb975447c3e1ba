use serde_json::Value;

use super::{FIRST, shown, text};
use crate::{
    entities::MAILINGS,
    entity::{Cell, Kind},
    mailing::Bar,
    web::Reader,
    words::values,
};

/// Where a mailing stands that is under way, in the order in which they are shown.
const UNDER_WAY: [&str; 3] = ["running", "paused", "scheduled"];

/// A mailing that is under way.
pub(super) struct Running {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) state: Cell,
    pub(super) start: Cell,
    /// As of the last turn of each page of its messages.
    pub(super) bar: Bar,
}

/// Mailings under way, of the newest.
pub(super) async fn running(reader: &Reader) -> Option<Vec<Running>> {
    let (all, counted) = tokio::join!(
        reader.get("/api/mailings/?limit=50"),
        reader.get("/api/mailings/stats/?limit=50")
    );
    let (all, counted) = (all.ok()?.value, counted.ok()?.value);
    let counted = counted["mailings"].as_array()?;
    let place = |mailing: &Value| UNDER_WAY.iter().position(|status| mailing["status"] == *status);
    let mailings = all["mailings"].as_array()?.iter();
    let mut under_way: Vec<(usize, &Value)> = mailings
        .filter_map(|mailing| Some((place(mailing)?, mailing)))
        .collect();
    under_way.sort_by_key(|(place, _)| *place);
    let running = |(_, mailing): (usize, &Value)| {
        let counts = counted.iter().find(|one| one["id"] == mailing["id"]);
        Running {
            href: format!("/mailings/{}", text(mailing, "id")),
            name: MAILINGS.name_of(reader, mailing),
            state: shown(reader, "status", Kind::Choice(values::MAILING_STATUS), mailing),
            start: shown(reader, "start_time", Kind::Time, mailing),
            bar: Bar::of(counts.map_or(&Value::Null, |one| &one["counts"])),
        }
    };
    Some(under_way.into_iter().take(FIRST).map(running).collect())
}
