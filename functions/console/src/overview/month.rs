use serde_json::Value;

use super::text;
use crate::{
    charts::{Columns, Drawing, Size},
    web::Reader,
    words::{self, overview as o, short_duration},
};

/// What the last thirty days of a region were like.
pub(super) struct Month {
    /// How dark each day was.
    pub(super) drawing: Drawing,
    /// The days together, and the indices where there are homes enough.
    pub(super) said: String,
}

/// One request for a region.
pub(super) async fn month(reader: &Reader, place: usize, region: &Value) -> Option<Month> {
    let path = format!("/api/regions/{}/stats?period=30d", text(region, "id"));
    let stats = reader.get(path).await.ok()?.value;
    let days = stats["buckets"].as_array()?;
    let off = days
        .iter()
        .map(|day| day["off_seconds"].as_f64().unwrap_or_default());
    let said = said(reader, &stats);
    let drawing = Columns {
        id: format!("days-{place}"),
        title: format!(
            "{}: {}",
            text(region, "name"),
            o::THIRTY_DAYS.within(reader.language)
        ),
        said: said.clone(),
        size: Size::Spark,
        style: "dark",
        shares: Columns::shares_of(&off.collect::<Vec<f64>>()),
        places: 1,
        ends: None,
    };
    Some(Month {
        drawing: drawing.drawn(),
        said,
    })
}

fn said(reader: &Reader, stats: &Value) -> String {
    let words = words::of(reader.language);
    let off = match stats["off_seconds"].as_i64().unwrap_or_default() {
        0 => words.none.to_owned(),
        seconds => short_duration(seconds, reader.language),
    };
    let minutes = |name: &str| {
        let minutes = stats[name].as_f64()?;
        Some(format!(
            "{} {} {}",
            name.to_uppercase(),
            words.number(minutes, 1),
            words.minutes
        ))
    };
    let times = stats["saifi"].as_f64();
    let times = times.map(|times| format!("SAIFI {}", words.number(times, 2)));
    let all = [Some(off), minutes("saidi"), times, minutes("caidi")];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
