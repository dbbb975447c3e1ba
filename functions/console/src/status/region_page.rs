use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::{SignedDuration, Timestamp};
use kabar_app::power::{Board, PlannedPart, PlannedShown, RegionStatistics};
use kabar_courier::words::{duration, moment};
use kabar_domain::{
    Language,
    power::{Outage, Period, Region},
};

use super::{
    chart::chart,
    figures::{Figure, figures, indices},
    read,
};
use crate::{
    Console,
    answer::{page, sorry},
    asked::Asked,
    charts::{Drawing, Sheet},
    site::Site,
    web::Anyone,
    words::{self, Words},
};

/// What a page looks back on unless its address says otherwise.
const USUALLY: Period = Period::Month;

/// How many outages are shown.
const LATEST: u16 = 20;
/// Since when planned cuts are shown next to what became of them.
const PLANNED_SINCE: SignedDuration = SignedDuration::from_hours(24);
/// How many planned cuts are shown: those that begin first.
const MOST_PLANNED: u16 = 20;

/// A region's page.
#[derive(Template)]
#[template(path = "region.html")]
struct RegionPage<'p> {
    words: &'static Words,
    site: &'p Site,
    region: &'p Region,
    state: &'static str,
    badge: &'static str,
    since: Said,
    now: Said,
    periods: Vec<Choice>,
    drawing: Drawing,
    sheet: Sheet,
    /// Whether figures can be shown without telling of somebody's own home.
    is_of_many: bool,
    figures: Vec<Figure>,
    /// None for a region of too few homes.
    indices: Vec<Figure>,
    outages: Vec<Row>,
    planned: Vec<PlannedRow>,
    /// What there is to say of planned cuts beside those that are shown.
    planned_note: String,
}

/// A moment for people and for machines.
struct Said {
    at: Timestamp,
    text: String,
    /// How long ago it was.
    ago: String,
}

/// A period to look back on.
struct Choice {
    name: &'static str,
    text: &'static str,
    is_chosen: bool,
}

/// An outage.
struct Row {
    started: Said,
    ended: Option<Said>,
    lasted: String,
}

/// A planned cut.
struct PlannedRow {
    start: Said,
    end: Said,
    reason: String,
    outcome: &'static str,
}

/// A region, now and in a period.
pub(crate) async fn region(
    _: Anyone,
    State(console): State<Console>,
    Path(id): Path<String>,
    Asked { language, period, .. }: Asked,
) -> Response {
    let period = period.unwrap_or(USUALLY);
    match found(&console.board, &id, period).await {
        Ok(found) => page(&shown(&found, &console.site, language, console.board.world.now())),
        Err(failure) => sorry(&failure, language),
    }
}

/// What is on a page.
struct Found {
    region: Region,
    statistics: RegionStatistics,
    outages: Vec<Outage>,
    planned: PlannedPart,
}

async fn found(board: &Board, id: &str, period: Period) -> kabar_app::Result<Found> {
    let id = read(id)?;
    let region = board.region(id).await?;
    let since = board.world.now() - PLANNED_SINCE;
    let planned = board.first_planned(&region, since, MOST_PLANNED + 1);
    let (statistics, outages, planned) = tokio::try_join!(
        board.statistics(&region, period),
        board.last_outages(&region, LATEST),
        planned
    )?;
    Ok(Found {
        region,
        statistics,
        outages,
        planned,
    })
}

fn shown<'p>(found: &'p Found, site: &'p Site, language: Language, now: Timestamp) -> RegionPage<'p> {
    let words = words::of(language);
    let zone = &found.region.zone;
    let said = |at: Timestamp| Said {
        at,
        text: moment(at, zone, language),
        ago: duration(now.duration_since(at), language),
    };
    let statistics = &found.statistics.statistics;
    let periods = Period::ALL.into_iter().zip(words.periods);
    let row = |outage: &Outage| Row {
        started: said(outage.key.started_at),
        ended: outage.ended_at.map(said),
        lasted: duration(
            outage
                .ended_at
                .unwrap_or(now)
                .duration_since(outage.key.started_at),
            language,
        ),
    };
    let planned = |shown: &PlannedShown| PlannedRow {
        start: said(shown.cut.time.start),
        end: said(shown.cut.time.end),
        reason: shown.cut.reason.clone(),
        outcome: words.outcome(shown.outcome),
    };
    let (drawing, sheet) = chart(statistics, zone, words, language);
    RegionPage {
        words,
        site,
        region: &found.region,
        state: words.power(found.region.status),
        badge: words.badge_power(found.region.status),
        since: said(found.region.since),
        now: said(now),
        periods: periods
            .map(|(period, text)| Choice {
                name: period.name(),
                text,
                is_chosen: period == statistics.period,
            })
            .collect(),
        is_of_many: !found.region.is_of_few_homes(),
        drawing,
        sheet,
        figures: figures(&found.statistics, words, language),
        indices: indices(&found.statistics, words),
        outages: found.outages.iter().map(row).collect(),
        planned: found
            .planned
            .list
            .entries
            .iter()
            .take(MOST_PLANNED.into())
            .map(planned)
            .collect(),
        planned_note: planned_note(&found.planned, words, |at| moment(at, zone, language)),
    }
}

/// That nothing is planned is said only as far as it is known; else that it is not.
fn planned_note(planned: &PlannedPart, words: &Words, moment: impl Fn(Timestamp) -> String) -> String {
    match planned.source {
        None => words.plan_unknown.to_owned(),
        Some(source) if planned.is_stale => format!("{} {}.", words.plan_stale, moment(source.valid_until)),
        Some(_) if planned.list.entries.len() > usize::from(MOST_PLANNED) => words.plan_more.to_owned(),
        Some(source) => format!("{} {}.", words.plan_known, moment(source.valid_until)),
    }
}
