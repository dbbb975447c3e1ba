use axum::{Json, http::StatusCode};
use kabar_domain::ids::{EventId, PosterId};

use super::{
    poster_form::{Upload, UploadForm},
    poster_view::{PosterView, UploadedPoster},
};
use crate::frame::{Anyone, Id, Organizers, Request, Result};

/// Upload a poster.
#[utoipa::path(post, path = "/api/events/upload/", tag = "events",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, body = UploadedPoster)))]
pub(crate) async fn upload_poster(
    Organizers(caller): Organizers,
    Request(app): Request,
    Upload(new): Upload,
) -> Result<(StatusCode, Json<UploadedPoster>)> {
    let poster = app.add_poster(&caller, new).await?;
    let url = app.poster_link(&poster).await?;
    Ok((StatusCode::CREATED, Json(UploadedPoster::of(&poster, url))))
}

/// The posters of an event, the newest first.
#[utoipa::path(get, path = "/api/events/{id}/poster/", tag = "events", params(("id" = String, Path)),
    responses((status = 200, body = Vec<PosterView>)))]
pub(crate) async fn list_posters(
    _: Anyone,
    Request(app): Request,
    Id(event): Id<EventId>,
) -> Result<Json<Vec<PosterView>>> {
    let mut views = Vec::new();
    for poster in app.posters(event).await? {
        let url = app.poster_link(&poster).await?;
        views.push(PosterView::of(&poster, url));
    }
    Ok(Json(views))
}

/// Remove a poster with its picture.
#[utoipa::path(delete, path = "/api/events/{id}/poster/{poster_id}/", tag = "events",
    params(("id" = String, Path), ("poster_id" = String, Path)), responses((status = 204)))]
pub(crate) async fn delete_poster(
    Organizers(caller): Organizers,
    Request(app): Request,
    Id((event, poster)): Id<(EventId, PosterId)>,
) -> Result<StatusCode> {
    app.remove_poster(&caller, event, poster).await?;
    Ok(StatusCode::NO_CONTENT)
}
