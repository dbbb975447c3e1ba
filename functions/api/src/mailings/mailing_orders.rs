use axum::{Json, http::StatusCode};
use kabar_domain::ids::MailingId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{mailing::entity, mailing_view::MailingView};
use crate::frame::{Body, Entity, Fields, Id, Request, Result, Sent, Staff, read_text};

/// To whom a mailing is sent on trial.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = MailingTrial)]
pub(crate) struct TrialBody {
    /// An address, or for a mailing by text message a phone.
    #[schema(value_type = String, required, max_length = 254, example = "ayu@example.com")]
    to: Sent,
}

/// That a mailing is being sent on trial.
#[derive(Serialize, ToSchema)]
#[schema(as = MailingTried)]
pub(crate) struct TrialView {
    #[schema(example = "The mailing is on its way to this one address.")]
    message: &'static str,
    /// Ask `/api/notices/{notice}/messages/` what became of it.
    notice: String,
}

/// Have a mailing stand still: what is on its way arrives, and nothing more is sent until it is resumed or ends.
#[utoipa::path(post, path = "/api/mailings/{id}/pause/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 200, body = MailingView)))]
pub(crate) async fn pause_mailing(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
) -> Result<Entity<MailingView>> {
    Ok(entity(&app.pause_mailing(id).await?))
}

/// Let a mailing go on that stands still.
#[utoipa::path(post, path = "/api/mailings/{id}/resume/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 200, body = MailingView)))]
pub(crate) async fn resume_mailing(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
) -> Result<Entity<MailingView>> {
    Ok(entity(&app.resume_mailing(id).await?))
}

/// Call a mailing off: whoever has not been told is told no more.
#[utoipa::path(post, path = "/api/mailings/{id}/cancel/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 200, body = MailingView)))]
pub(crate) async fn cancel_mailing(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
) -> Result<Entity<MailingView>> {
    Ok(entity(&app.cancel_mailing(id).await?))
}

/// Send a mailing to one address or phone, at once and whatever its hours.
#[utoipa::path(post, path = "/api/mailings/{id}/test/", tag = "mailings", params(("id" = String, Path)),
    request_body = TrialBody, responses((status = 202, body = TrialView)))]
pub(crate) async fn try_mailing(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
    Body(body): Body<TrialBody>,
) -> Result<(StatusCode, Json<TrialView>)> {
    let mut fields = Fields::default();
    let to = fields.required("to", &body.to, |value| read_text(value).map(str::to_owned));
    let to = fields.all(to)?;
    let notice = app.try_mailing(id, &to).await?;
    let view = TrialView {
        message: "The mailing is on its way to this one address.",
        notice: notice.id.to_string(),
    };
    Ok((StatusCode::ACCEPTED, Json(view)))
}
