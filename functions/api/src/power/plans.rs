use axum::Json;
use jiff::Timestamp;
use kabar_app::power::{NewPlan, PlanTaken, PlannedPart, PlannedShown};
use kabar_domain::ids::{PlannedCutId, RegionId};
use kabar_store::power::PlannedFilter;
use serde::Serialize;
use utoipa::ToSchema;

use super::plan_body::{PlanBody, PlanJson};
use crate::frame::{
    Anyone, Entity, Fields, Id, IfMatch, ListQuery, Listing, Params, Request, Result, Staff, read_time,
};

const LISTING: Listing = Listing {
    name: "planned_cuts",
    is_sort_key: |key| {
        key.split_once('#').is_some_and(|(start, id)| {
            start.bytes().all(|byte| byte.is_ascii_digit()) && PlannedCutId::parse(id).is_some()
        })
    },
};

/// A planned cut, next to what happened.
#[derive(Serialize, ToSchema)]
#[schema(as = PlannedCut)]
pub(crate) struct PlannedView {
    id: String,
    /// What its source calls it.
    #[schema(example = "2026-11-23-dago")]
    uid: String,
    #[schema(value_type = String, format = DateTime)]
    start: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    end: Timestamp,
    /// Why; perhaps empty, never null.
    #[schema(example = "New transformer")]
    reason: String,
    /// Whether it was taken back.
    cancelled: bool,
    /// `ahead`; `due` while the power is still there in its time; `kept`, `early` or `late` by when the power went, to a
    /// quarter of an hour; `not_kept`; `cancelled`; or `unknown`, if nothing is known of the power in its time.
    #[schema(example = "kept")]
    outcome: &'static str,
    /// When the power went in its time, or null.
    happened: Option<Happened>,
}

/// When the power was out.
#[derive(Serialize, ToSchema)]
pub(crate) struct Happened {
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// Null while it lasts.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
}

/// How well planned cuts are known.
#[derive(Serialize, ToSchema)]
#[schema(as = PlannedCutSource)]
pub(crate) struct SourceView {
    /// When they were taken in.
    #[schema(value_type = String, format = DateTime)]
    imported_at: Timestamp,
    /// Up to when they are all that will be.
    #[schema(value_type = String, format = DateTime)]
    valid_until: Timestamp,
    /// Whether that is over: what is planned since is not known.
    is_stale: bool,
}

/// A part of the list of planned cuts.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlannedCutList {
    planned_cuts: Vec<PlannedView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
    /// Null if no plan was ever taken in: then nothing is known of any.
    source: Option<SourceView>,
}

/// What became of a plan.
#[derive(Serialize, ToSchema)]
#[schema(as = PlannedCutsTaken)]
pub(crate) struct TakenView {
    /// Cuts that are new.
    created: u32,
    /// Cuts that are at another time, for another reason, or come after all.
    changed: u32,
    /// Cuts that are as they were.
    unchanged: u32,
    /// Cuts that are taken back, and those that were left out.
    cancelled: u32,
    /// Up to when planned cuts are known; null if they are not.
    #[schema(value_type = Option<String>, format = DateTime)]
    valid_until: Option<Timestamp>,
}

impl From<PlannedShown> for PlannedView {
    fn from(
        PlannedShown {
            cut,
            outcome,
            happened,
        }: PlannedShown,
    ) -> Self {
        Self {
            id: cut.id.to_string(),
            uid: cut.uid,
            start: cut.time.start,
            end: cut.time.end,
            reason: cut.reason,
            cancelled: cut.is_cancelled,
            outcome: outcome.name(),
            happened: happened.map(|(started_at, ended_at)| Happened { started_at, ended_at }),
        }
    }
}

impl From<PlannedPart> for PlannedCutList {
    fn from(
        PlannedPart {
            list,
            source,
            is_stale,
        }: PlannedPart,
    ) -> Self {
        Self {
            planned_cuts: list.entries.into_iter().map(PlannedView::from).collect(),
            next: list.next.map(|key| LISTING.cursor(&key)),
            source: source.map(|source| SourceView {
                imported_at: source.imported_at,
                valid_until: source.valid_until,
                is_stale,
            }),
        }
    }
}

impl From<PlanTaken> for TakenView {
    fn from(taken: PlanTaken) -> Self {
        Self {
            created: taken.created,
            changed: taken.changed,
            unchanged: taken.unchanged,
            cancelled: taken.cancelled,
            valid_until: taken.valid_until,
        }
    }
}

/// Planned cuts of a region next to what happened, those that begin last first.
#[utoipa::path(get, path = "/api/regions/{id}/planned-cuts/", tag = "power",
    params(("id" = String, Path),
           ("from" = Option<String>, Query, description = "Starts at this time or later", example = "2026-11-21T00:00:00+07:00"),
           ("to" = Option<String>, Query, description = "Starts before this time", example = "2026-11-22 00:00")),
    responses((status = 200, body = PlannedCutList)))]
pub(crate) async fn list_planned_cuts(
    _: Anyone,
    Request(app): Request,
    Id(region): Id<RegionId>,
    params: Params,
) -> Result<Json<PlannedCutList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = query.window(LISTING);
    let filter = PlannedFilter {
        from: query.parameter("from", read_time),
        to: query.parameter("to", read_time),
    };
    query.fields.done()?;
    Ok(Json(
        app.board().planned_cuts(region, &filter, &window).await?.into(),
    ))
}

/// Plan the cuts of a region anew: JSON, CSV or iCalendar. What is left out between now and `valid_until` is cancelled;
/// what is over stays. The same again changes nothing. People are told of changes within a minute.
///
/// CSV has a header with `uid`, `start`, `end`, and perhaps `reason` and `cancelled`. In iCalendar each VEVENT is a cut,
/// with UID, DTSTART, DTEND or DURATION, SUMMARY as the reason, and STATUS; times that name no zone are the region's
/// own, and recurrence is refused. A calendar with METHOD:CANCEL cancels just what it names.
#[utoipa::path(put, path = "/api/regions/{id}/planned-cuts/", tag = "power",
    params(("id" = String, Path),
           ("valid_until" = Option<String>, Query, description = "With CSV and iCalendar: up to when these are all cuts there will be; seven days from now unless said", example = "2026-12-01T00:00:00+07:00")),
    request_body(content((PlanJson = "application/json"), (String = "text/csv"), (String = "text/calendar"))),
    responses((status = 200, body = TakenView)))]
pub(crate) async fn replace_planned_cuts(
    _: Staff,
    Request(app): Request,
    Id(id): Id<RegionId>,
    IfMatch(expected): IfMatch,
    params: Params,
    body: PlanBody,
) -> Result<Entity<TakenView>> {
    let zone = app.region(id).await?.zone;
    let plan = body.read(&params, &zone, app.world.now())?;
    let new = NewPlan {
        cuts: plan.cuts,
        valid_until: plan.valid_until,
        is_whole: plan.is_whole,
    };
    let taken = app.take_plan(id, expected, new).await?;
    Ok(Entity::versioned(taken.version, taken.into()))
}
