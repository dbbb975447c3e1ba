use axum::{Json, http::StatusCode};
use jiff::Timestamp;
use kabar_app::power::{NewRegion, RegionChange};
use kabar_domain::{
    Invalid, Zone, bounded_text,
    ids::RegionId,
    power::{Cut, REGION_NAME_MAX, Region, Word},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::frame::{
    Anyone, Body, Entity, Fields, Id, IfMatch, Listing, Params, Request, Result, Sent, Staff, read_text,
};

const LISTING: Listing = Listing {
    name: "regions",
    is_sort_key: |key| RegionId::parse(key).is_some(),
};

/// A part of the grid.
#[derive(Serialize, ToSchema)]
#[schema(as = Region)]
pub(crate) struct RegionView {
    id: String,
    #[schema(example = "Bandung")]
    name: String,
    /// IANA name of the zone by which its times are told.
    #[schema(example = "Asia/Jakarta")]
    time_zone: String,
    /// The region around it.
    parent: Option<String>,
    /// `on`, `off` or `unknown`, as the last check decided.
    #[schema(example = "on")]
    status: &'static str,
    /// Since when it is so.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// The operator's own word, which outranks detectors: `on`, `off`, or `auto` for none.
    #[schema(example = "auto")]
    operator_status: &'static str,
    /// How many homes it has.
    homes: u32,
    /// How many of its outages have not ended.
    outages_open: u32,
    /// The next planned cut, or the one that goes on; null if none is known. See until when they are known.
    next_planned_cut: Option<NextCut>,
    /// Up to when planned cuts are known; null if they are not. After it nobody knows, which is not that none is planned.
    #[schema(value_type = Option<String>, format = DateTime)]
    planned_cuts_known_until: Option<Timestamp>,
}

/// When the power is to be cut.
#[derive(Serialize, ToSchema)]
pub(crate) struct NextCut {
    #[schema(value_type = String, format = DateTime)]
    start: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    end: Timestamp,
}

impl From<Cut> for NextCut {
    fn from(cut: Cut) -> Self {
        Self {
            start: cut.start,
            end: cut.end,
        }
    }
}

impl From<Region> for RegionView {
    fn from(region: Region) -> Self {
        Self {
            id: region.id.to_string(),
            time_zone: region.zone.name().to_owned(),
            parent: region.parent.map(|parent| parent.to_string()),
            status: region.status.name(),
            since: region.since,
            operator_status: region.word.name(),
            homes: region.homes.total(),
            outages_open: u32::from(region.outage.is_some()),
            next_planned_cut: region.plan.next.map(NextCut::from),
            planned_cuts_known_until: region.plan.source.map(|source| source.valid_until),
            name: region.name,
        }
    }
}

/// A part of the list of regions.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegionList {
    regions: Vec<RegionView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// What a region is to be.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewRegion)]
pub(crate) struct RegionBody {
    #[schema(value_type = String, max_length = 255, required, example = "Bandung")]
    name: Sent,
    /// IANA name.
    #[schema(value_type = String, required, example = "Asia/Jakarta")]
    time_zone: Sent,
    /// The region around it.
    #[schema(value_type = Option<String>)]
    parent: Sent,
}

/// What is to change of a region; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = RegionChange)]
pub(crate) struct RegionChangeBody {
    #[schema(value_type = Option<String>, max_length = 255, example = "Greater Bandung")]
    name: Sent,
    /// IANA name.
    #[schema(value_type = Option<String>, example = "Asia/Jakarta")]
    time_zone: Sent,
    /// The region around it, or null for none.
    #[schema(value_type = Option<String>)]
    parent: Sent,
}

/// The operator's word.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = RegionStatus)]
pub(crate) struct StatusBody {
    /// `on`, `off`, or `auto` to leave it to the detectors.
    #[schema(value_type = String, required, example = "off")]
    status: Sent,
}

fn read_name(value: &Value) -> std::result::Result<String, Invalid> {
    bounded_text(read_text(value)?, REGION_NAME_MAX)
}

fn read_zone(value: &Value) -> std::result::Result<Zone, Invalid> {
    Zone::parse(read_text(value)?)
}

fn read_parent(value: &Value) -> std::result::Result<RegionId, Invalid> {
    RegionId::parse(read_text(value)?).ok_or_else(|| Invalid::because("There is no such region."))
}

impl RegionBody {
    fn read(&self) -> Result<NewRegion> {
        let mut fields = Fields::default();
        let name = fields.required("name", &self.name, read_name);
        let zone = fields.required("time_zone", &self.time_zone, read_zone);
        let parent = fields.optional("parent", &self.parent, read_parent);
        let (name, zone) = fields.all((name, zone))?;
        Ok(NewRegion { name, zone, parent })
    }
}

/// All regions, the newest first.
#[utoipa::path(get, path = "/api/regions/", tag = "power", responses((status = 200, body = RegionList)))]
pub(crate) async fn list_regions(
    _: Anyone,
    Request(app): Request,
    params: Params,
) -> Result<Json<RegionList>> {
    let regions = app.regions(&params.window(LISTING)?).await?;
    let next = regions.next.map(|key| LISTING.cursor(&key));
    Ok(Json(RegionList {
        regions: regions.entries.into_iter().map(RegionView::from).collect(),
        next,
    }))
}

/// Add a region.
#[utoipa::path(post, path = "/api/regions/", tag = "power", request_body = RegionBody,
    responses((status = 201, body = RegionView)))]
pub(crate) async fn create_region(
    _: Staff,
    Request(app): Request,
    Body(body): Body<RegionBody>,
) -> Result<Entity<RegionView>> {
    let region = app.add_region(body.read()?).await?;
    Ok(Entity::versioned(region.version, region.into()).created())
}

/// A region.
#[utoipa::path(get, path = "/api/regions/{id}/", tag = "power", params(("id" = String, Path)),
    responses((status = 200, body = RegionView)))]
pub(crate) async fn get_region(
    _: Anyone,
    Request(app): Request,
    Id(id): Id<RegionId>,
) -> Result<Entity<RegionView>> {
    let region = app.region(id).await?;
    Ok(Entity::versioned(region.version, region.into()))
}

/// Describe a region anew.
#[utoipa::path(put, path = "/api/regions/{id}/", tag = "power", params(("id" = String, Path)),
    request_body = RegionBody, responses((status = 200, body = RegionView)))]
pub(crate) async fn replace_region(
    _: Staff,
    Request(app): Request,
    Id(id): Id<RegionId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<RegionBody>,
) -> Result<Entity<RegionView>> {
    let NewRegion { name, zone, parent } = body.read()?;
    let change = RegionChange {
        name: Some(name),
        zone: Some(zone),
        parent: Some(parent),
    };
    let region = app.change_region(id, expected, change).await?;
    Ok(Entity::versioned(region.version, region.into()))
}

/// Change a region.
#[utoipa::path(patch, path = "/api/regions/{id}/", tag = "power", params(("id" = String, Path)),
    request_body = RegionChangeBody, responses((status = 200, body = RegionView)))]
pub(crate) async fn change_region(
    _: Staff,
    Request(app): Request,
    Id(id): Id<RegionId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<RegionChangeBody>,
) -> Result<Entity<RegionView>> {
    let mut fields = Fields::default();
    let name = fields.optional("name", &body.name, read_name);
    let zone = fields.optional("time_zone", &body.time_zone, read_zone);
    let parent = fields.optional("parent", &body.parent, read_parent);
    fields.done()?;
    let parent = body.parent.is_there().then_some(parent);
    let region = app
        .change_region(id, expected, RegionChange { name, zone, parent })
        .await?;
    Ok(Entity::versioned(region.version, region.into()))
}

/// Remove a region, its followers and its history.
#[utoipa::path(delete, path = "/api/regions/{id}/", tag = "power", params(("id" = String, Path)),
    responses((status = 204), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn delete_region(
    _: Staff,
    Request(app): Request,
    Id(id): Id<RegionId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.remove_region(id, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say whether there is power. Followers are told within a minute.
#[utoipa::path(put, path = "/api/regions/{id}/status/", tag = "power", params(("id" = String, Path)),
    request_body = StatusBody, responses((status = 200, body = RegionView)))]
pub(crate) async fn say_status(
    _: Staff,
    Request(app): Request,
    Id(id): Id<RegionId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<StatusBody>,
) -> Result<Entity<RegionView>> {
    let mut fields = Fields::default();
    let word = fields.required("status", &body.status, |v| Word::parse(read_text(v)?));
    let word = fields.all(word)?;
    let region = app.say(id, expected, word).await?;
    Ok(Entity::versioned(region.version, region.into()))
}
