use axum::{Json, http::StatusCode};
use kabar_app::{Expected, mailings::Mailed};
use kabar_domain::{ids::MailingId, mailings::MailingStatus};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    mailing_body::{MailingBody, MailingChangeBody},
    mailing_view::MailingView,
};
use crate::frame::{Body, Entity, Id, IfMatch, Listing, Params, ProblemBody, Request, Result, Staff};

pub(super) const LISTING: Listing = Listing {
    name: "mailings",
    is_sort_key: |key| MailingId::parse(key).is_some(),
};

/// A part of the list of mailings.
#[derive(Serialize, ToSchema)]
pub(crate) struct MailingList {
    mailings: Vec<MailingView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// How many tags a version of a mailing has: it begins and ends by itself, and shows where it stands.
const TAGS: u64 = 8;

/// A mailing, with a tag of its version and of where it stands.
pub(super) fn entity(mailed: &Mailed) -> Entity<MailingView> {
    let stands = match mailed.status {
        MailingStatus::Scheduled => 0,
        MailingStatus::Running => 1,
        MailingStatus::Paused => 2,
        MailingStatus::Finished => 3,
        MailingStatus::Cancelled => 4,
    };
    Entity::versioned(mailed.mailing.version * TAGS + stands, mailed.into())
}

/// The version that a tag is of: a mailing that has only begun meanwhile can be changed as it was seen.
const fn version(tag: Expected) -> Expected {
    match tag {
        Expected::Version(tag) => Expected::Version(tag / TAGS),
        Expected::Any | Expected::Never => tag,
    }
}

/// Mailings, the newest first unless `order` says otherwise.
#[utoipa::path(get, path = "/api/mailings/", tag = "mailings",
    params(("order" = Option<String>, Query, pattern = r"^(newest|oldest)$", description = "Which come first; the newest unless said. A cursor is good for its own order", example = "oldest")),
    responses((status = 200, body = MailingList)))]
pub(crate) async fn list_mailings(
    _: Staff,
    Request(app): Request,
    params: Params,
) -> Result<Json<MailingList>> {
    let window = params.ordered(LISTING)?;
    let found = app.mailings(&window).await?;
    Ok(Json(MailingList {
        mailings: found.entries.iter().map(MailingView::from).collect(),
        next: found.next.map(|key| LISTING.next(&window, &key)),
    }))
}

/// Add a mailing. One whose time has come begins at once.
#[utoipa::path(post, path = "/api/mailings/", tag = "mailings", request_body = MailingBody,
    responses((status = 201, body = MailingView)))]
pub(crate) async fn create_mailing(
    _: Staff,
    Request(app): Request,
    Body(body): Body<MailingBody>,
) -> Result<Entity<MailingView>> {
    Ok(entity(&app.add_mailing(body.read()?).await?).created())
}

/// A mailing.
#[utoipa::path(get, path = "/api/mailings/{id}/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 200, body = MailingView)))]
pub(crate) async fn get_mailing(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
) -> Result<Entity<MailingView>> {
    Ok(entity(&app.mailing(id).await?))
}

/// Describe a mailing anew, also one that is running: who is not meant any more is not told, who is meant now is, and
/// nobody is told twice.
#[utoipa::path(put, path = "/api/mailings/{id}/", tag = "mailings", params(("id" = String, Path)),
    request_body = MailingBody,
    responses((status = 200, body = MailingView), (status = 409, body = ProblemBody)))]
pub(crate) async fn replace_mailing(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<MailingBody>,
) -> Result<Entity<MailingView>> {
    Ok(entity(
        &app.change_mailing(id, version(expected), body.read_whole()?)
            .await?,
    ))
}

/// Change a mailing, also one that is running.
#[utoipa::path(patch, path = "/api/mailings/{id}/", tag = "mailings", params(("id" = String, Path)),
    request_body = MailingChangeBody,
    responses((status = 200, body = MailingView), (status = 409, body = ProblemBody)))]
pub(crate) async fn change_mailing(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<MailingChangeBody>,
) -> Result<Entity<MailingView>> {
    Ok(entity(
        &app.change_mailing(id, version(expected), body.read()?).await?,
    ))
}

/// Remove a mailing, also one that is running: whoever has not been told is told no more.
#[utoipa::path(delete, path = "/api/mailings/{id}/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 204)))]
pub(crate) async fn delete_mailing(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.remove_mailing(id, version(expected)).await?;
    Ok(StatusCode::NO_CONTENT)
}
