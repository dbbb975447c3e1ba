use axum::Json;
use jiff::Timestamp;
use kabar_app::power::OutageTold;
use kabar_domain::{
    Invalid,
    ids::{HomeId, OutageId, RegionId},
    power::Place,
};
use kabar_store::power::OutageFilter;
use serde::Serialize;
use utoipa::ToSchema;

use crate::frame::{Anyone, Fields, ListQuery, Listing, Params, PerhapsLoggedIn, Request, Result, read_time};

const LISTING: Listing = Listing {
    name: "outages",
    is_sort_key: |key| {
        key.split_once('#').is_some_and(|(started, id)| {
            started.bytes().all(|byte| byte.is_ascii_digit()) && OutageId::parse(id).is_some()
        })
    },
};

/// One cut of the power.
#[derive(Serialize, ToSchema)]
#[schema(as = Outage)]
pub(crate) struct OutageView {
    id: String,
    /// The region that lost power; null for an outage of a home.
    region: Option<String>,
    /// The home that lost power, or fell silent; null for an outage of a region.
    home: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// Null while it lasts.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
    /// How long it lasted, in seconds; null while it lasts.
    #[schema(example = 7800)]
    duration_s: Option<i64>,
    /// Who or what noticed it.
    #[schema(example = "operator")]
    cause: &'static str,
    /// How many people were told that the power was out.
    people_told: u32,
}

impl From<OutageTold> for OutageView {
    fn from(OutageTold { outage, people_told }: OutageTold) -> Self {
        Self {
            id: outage.key.id.to_string(),
            region: outage.key.place.region().map(|id| id.to_string()),
            home: outage.key.place.home().map(|id| id.to_string()),
            started_at: outage.key.started_at,
            duration_s: outage.duration_s(),
            ended_at: outage.ended_at,
            cause: outage.cause.name(),
            people_told,
        }
    }
}

/// A part of the list of outages.
#[derive(Serialize, ToSchema)]
pub(crate) struct OutageList {
    outages: Vec<OutageView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// Outages of regions, the newest first unless `order` says otherwise; or of one home, for its owner, its members and staff.
#[utoipa::path(get, path = "/api/outages/", tag = "power",
    params(("region" = Option<String>, Query, description = "Only of this region"),
           ("home" = Option<String>, Query, description = "Only of this home; others than its people find none"),
           ("open" = Option<bool>, Query, description = "Only those that last (`true`) or are over (`false`)"),
           ("from" = Option<String>, Query, description = "Started at this time or later", example = "2026-11-21T00:00:00+07:00"),
           ("to" = Option<String>, Query, description = "Started before this time", example = "2026-11-22 00:00"),
           ("order" = Option<String>, Query, pattern = r"^(newest|oldest)$", description = "Which come first by their start; the newest unless said. A cursor is good for its own order", example = "oldest")),
    responses((status = 200, body = OutageList)))]
pub(crate) async fn list_outages(
    _: Anyone,
    PerhapsLoggedIn(caller): PerhapsLoggedIn,
    Request(app): Request,
    params: Params,
) -> Result<Json<OutageList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = query.ordered(LISTING);
    let region = query.parameter("region", |raw| {
        RegionId::parse(raw).ok_or_else(|| Invalid::because("Must be the id of a region."))
    });
    let home = query.parameter("home", |raw| {
        HomeId::parse(raw).ok_or_else(|| Invalid::because("Must be the id of a home."))
    });
    if region.is_some() && home.is_some() {
        let alone = Invalid::because("Must be without a region.");
        let _: Option<()> = query.fields.refuse("home", alone);
    }
    let filter = OutageFilter {
        place: region.map(Place::Region).or(home.map(Place::Home)),
        is_open: query.parameter("open", |raw| {
            raw.parse()
                .map_err(|_| Invalid::because("Must be true or false."))
        }),
        from: query.parameter("from", read_time),
        to: query.parameter("to", read_time),
    };
    query.fields.done()?;
    let found = app.outages(caller.as_ref(), &filter, &window).await?;
    Ok(Json(OutageList {
        outages: found.entries.into_iter().map(OutageView::from).collect(),
        next: found.next.map(|key| LISTING.next(&window, &key)),
    }))
}
