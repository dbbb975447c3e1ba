use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kabar_app::power::{DetectorChange, Keyed};
use kabar_domain::{
    ids::{DetectorId, HomeId},
    power::Means,
};

use super::{
    detector_body::{DetectorBody, DetectorChangeBody},
    heard_view::{Detectors, HeardView, KeyedView},
};
use crate::frame::{Body, Entity, Id, IfMatch, LoggedIn, Request, Result, kept_without};

/// The answer that shows a key, which nobody keeps, not even for whoever asks again.
fn keyed(status: StatusCode, keyed: Keyed) -> Response {
    let view = |key| KeyedView {
        detector: HeardView::of(&keyed.read, &keyed.detector),
        key,
    };
    let kept = view(None);
    let shown = Entity::versioned(keyed.detector.version, view(keyed.key.clone()));
    let mut answer = shown.into_response();
    *answer.status_mut() = status;
    kept_without(answer, &kept)
}

/// The detectors of a home, in the order in which they were added.
#[utoipa::path(get, path = "/api/homes/{id}/detectors/", tag = "power", params(("id" = String, Path)),
    responses((status = 200, body = Detectors)))]
pub(crate) async fn list_detectors(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<HomeId>,
) -> Result<Entity<Detectors>> {
    let read = app.home(&caller, id).await?;
    let all = read.home.detectors.iter();
    let detectors = all.map(|one| HeardView::of(&read, one)).collect();
    Ok(Entity::unversioned(Detectors { detectors }))
}

/// Add a detector to a home. The key of a device is shown this once. For the home's owner.
#[utoipa::path(post, path = "/api/homes/{id}/detectors/", tag = "power", params(("id" = String, Path)),
    request_body = DetectorBody,
    responses((status = 201, body = KeyedView), (status = 403, body = crate::frame::ProblemBody),
              (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn create_detector(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<HomeId>,
    Body(body): Body<DetectorBody>,
) -> Result<Response> {
    let made = app.add_detector(&caller, id, body.read()?).await?;
    Ok(keyed(StatusCode::CREATED, made))
}

/// A detector of a home.
#[utoipa::path(get, path = "/api/homes/{id}/detectors/{detector_id}/", tag = "power",
    params(("id" = String, Path), ("detector_id" = String, Path)), responses((status = 200, body = HeardView)))]
pub(crate) async fn get_detector(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id((id, detector)): Id<(HomeId, DetectorId)>,
) -> Result<Entity<HeardView>> {
    let (read, found) = app.detector(&caller, id, detector).await?;
    let heard_at = read.beats.get(&detector).map(|beat| beat.at);
    let tried_at = read.tries.get(&detector).map(|tries| tries.at);
    let seen = heard_at.max(tried_at);
    Ok(Entity::versioned(found.version, HeardView::of(&read, &found)).seen(seen))
}

/// Describe a detector anew; its kind stays. For the home's owner.
#[utoipa::path(put, path = "/api/homes/{id}/detectors/{detector_id}/", tag = "power",
    params(("id" = String, Path), ("detector_id" = String, Path)), request_body = DetectorBody,
    responses((status = 200, body = HeardView), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn replace_detector(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id((id, detector)): Id<(HomeId, DetectorId)>,
    IfMatch(expected): IfMatch,
    Body(body): Body<DetectorBody>,
) -> Result<Entity<HeardView>> {
    let new = body.read()?;
    let kind = Some(new.means.name());
    let (target, period_s, grace_s) = match new.means {
        Means::Heartbeat { period_s, grace_s } => (None, Some(period_s), Some(grace_s)),
        Means::Probe { target, period_s } => (Some(target), Some(period_s), None),
        Means::Manual { .. } => (None, None, None),
    };
    let change = DetectorChange {
        kind,
        name: Some(new.name),
        target,
        period_s,
        grace_s,
        misses: Some(new.thresholds.misses),
        hits: Some(new.thresholds.hits),
        dwell_s: Some(new.thresholds.dwell_s),
    };
    let (read, changed) = app
        .change_detector(&caller, id, detector, expected, change)
        .await?;
    Ok(Entity::versioned(changed.version, HeardView::of(&read, &changed)))
}

/// Change a detector. For the home's owner.
#[utoipa::path(patch, path = "/api/homes/{id}/detectors/{detector_id}/", tag = "power",
    params(("id" = String, Path), ("detector_id" = String, Path)), request_body = DetectorChangeBody,
    responses((status = 200, body = HeardView), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn change_detector(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id((id, detector)): Id<(HomeId, DetectorId)>,
    IfMatch(expected): IfMatch,
    Body(body): Body<DetectorChangeBody>,
) -> Result<Entity<HeardView>> {
    let change = body.read()?;
    let (read, changed) = app
        .change_detector(&caller, id, detector, expected, change)
        .await?;
    Ok(Entity::versioned(changed.version, HeardView::of(&read, &changed)))
}

/// Remove a detector; its key is good for nothing from now on. For the home's owner.
#[utoipa::path(delete, path = "/api/homes/{id}/detectors/{detector_id}/", tag = "power",
    params(("id" = String, Path), ("detector_id" = String, Path)),
    responses((status = 204), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn delete_detector(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id((id, detector)): Id<(HomeId, DetectorId)>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.remove_detector(&caller, id, detector, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give a device another key, which is shown this once; the one before is good for nothing from now on. For the home's
/// owner.
#[utoipa::path(post, path = "/api/homes/{id}/detectors/{detector_id}/key/", tag = "power",
    params(("id" = String, Path), ("detector_id" = String, Path)),
    responses((status = 201, body = KeyedView), (status = 403, body = crate::frame::ProblemBody),
              (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn replace_key(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id((id, detector)): Id<(HomeId, DetectorId)>,
) -> Result<Response> {
    let made = app.replace_key(&caller, id, detector).await?;
    Ok(keyed(StatusCode::CREATED, made))
}
