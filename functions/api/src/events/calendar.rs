use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use kabar_domain::ids::RegistrationId;

use crate::frame::{Id, LoggedIn, Request, Result, tag_of};

/// The event of a registration as a file for calendars (RFC 5545): for staff, its holder, and the event's organizer. It has
/// the `UID` of what comes with mails, so that a calendar keeps one event, a `SEQUENCE` that rises with what changed, and
/// `STATUS:CANCELLED` when it is off.
#[utoipa::path(get, path = "/api/registrations/{id}/calendar/", tag = "events", params(("id" = String, Path)),
    responses((status = 200, body = String, content_type = "text/calendar", headers(("Content-Disposition" = String))),
              (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn get_calendar(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<RegistrationId>,
) -> Result<Response> {
    let calendar = app.registration_calendar(&caller, id).await?;
    let text = calendar.text().to_owned();
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"event.ics\"".to_owned(),
        ),
        (header::ETAG, tag_of(text.as_bytes())),
    ];
    Ok((headers, text).into_response())
}
