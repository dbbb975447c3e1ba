use axum::{Json, http::StatusCode};
use kabar_app::power::{HomeChange, NewHome};
use kabar_domain::{
    Invalid,
    ids::{HomeId, RegionId},
};
use kabar_store::power::HomeRead;

use super::{
    home_body::{HomeBody, HomeChangeBody, HomeStatusBody},
    home_view::{HomeList, HomeView},
};
use crate::frame::{
    Body, Entity, Fields, Id, IfMatch, ListQuery, Listing, LoggedIn, Params, Request, Result,
};

const LISTING: Listing = Listing {
    name: "homes",
    is_sort_key: |key| HomeId::parse(key).is_some(),
};

/// A home with the tag of its state.
pub(super) fn entity(read: HomeRead) -> Entity<HomeView> {
    let (version, seen) = (read.home.version, read.home.last_seen);
    Entity::versioned(version, HomeView::from(read.home)).seen(seen)
}

/// The caller's homes, their own and those they have joined, the newest first; for staff all. `last_seen` is as the
/// last check of each found it.
#[utoipa::path(get, path = "/api/homes/", tag = "power",
    params(("region" = Option<String>, Query, description = "Only in this region")),
    responses((status = 200, body = HomeList)))]
pub(crate) async fn list_homes(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    params: Params,
) -> Result<Json<HomeList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = query.window(LISTING);
    let region = query.parameter("region", |raw| {
        RegionId::parse(raw).ok_or_else(|| Invalid::because("Must be the id of a region."))
    });
    query.fields.done()?;
    let found = app.homes(&caller, region, &window).await?;
    let next = found.next.map(|key| LISTING.cursor(&key));
    Ok(Json(HomeList {
        homes: found.entries.into_iter().map(HomeView::from).collect(),
        next,
    }))
}

/// Add a home of the caller's.
#[utoipa::path(post, path = "/api/homes/", tag = "power", request_body = HomeBody,
    responses((status = 201, body = HomeView), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn create_home(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Body(body): Body<HomeBody>,
) -> Result<Entity<HomeView>> {
    let home = app.add_home(&caller, body.read()?).await?;
    Ok(Entity::versioned(home.version, HomeView::from(home)).created())
}

/// A home, for its owner, its members and staff.
#[utoipa::path(get, path = "/api/homes/{id}/", tag = "power", params(("id" = String, Path)),
    responses((status = 200, body = HomeView)))]
pub(crate) async fn get_home(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<HomeId>,
) -> Result<Entity<HomeView>> {
    Ok(entity(app.home(&caller, id).await?))
}

/// Describe a home anew. For its owner.
#[utoipa::path(put, path = "/api/homes/{id}/", tag = "power", params(("id" = String, Path)),
    request_body = HomeBody,
    responses((status = 200, body = HomeView), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn replace_home(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<HomeId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<HomeBody>,
) -> Result<Entity<HomeView>> {
    let NewHome { name, region, zone } = body.read()?;
    let change = HomeChange {
        name: Some(name),
        region: Some(region),
        zone,
    };
    Ok(entity(app.change_home(&caller, id, expected, change).await?))
}

/// Change a home. For its owner.
#[utoipa::path(patch, path = "/api/homes/{id}/", tag = "power", params(("id" = String, Path)),
    request_body = HomeChangeBody,
    responses((status = 200, body = HomeView), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn change_home(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<HomeId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<HomeChangeBody>,
) -> Result<Entity<HomeView>> {
    let change = body.read()?;
    Ok(entity(app.change_home(&caller, id, expected, change).await?))
}

/// Remove a home with its detectors and its history. For its owner.
#[utoipa::path(delete, path = "/api/homes/{id}/", tag = "power", params(("id" = String, Path)),
    responses((status = 204), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn delete_home(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<HomeId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.remove_home(&caller, id, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say whether there is power, which outranks the devices until it is `auto` again. For the owner and the members, who
/// are told within a minute.
#[utoipa::path(put, path = "/api/homes/{id}/status/", tag = "power", params(("id" = String, Path)),
    request_body = HomeStatusBody,
    responses((status = 200, body = HomeView), (status = 403, body = crate::frame::ProblemBody),
              (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn say_home_status(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<HomeId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<HomeStatusBody>,
) -> Result<Entity<HomeView>> {
    let word = body.read()?;
    Ok(entity(app.say_by_hand(&caller, id, expected, word).await?))
}
