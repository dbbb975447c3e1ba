use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use kabar_domain::{
    ids::{HomeId, UserId},
    people::Username,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{home_view::HomeView, homes::entity};
use crate::frame::{
    Body, Entity, Fields, Id, LoggedIn, PerhapsBody, Request, Result, Sent, kept_without, read_text,
};

/// Whom to invite.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewInvitation)]
pub(crate) struct InvitationBody {
    /// The only person who can use the code; whoever has it, unless said.
    #[schema(value_type = Option<String>, example = json!(null))]
    username: Sent,
}

/// An invitation with its code, which is shown this once.
#[derive(Serialize, ToSchema)]
#[schema(as = Invitation)]
pub(crate) struct InvitationView {
    /// Makes one person a member, once; null when the same request is answered again.
    code: Option<String>,
    /// The only person who can use it; null for whoever has it.
    user: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// What somebody was invited with.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = JoinHome)]
pub(crate) struct JoinBody {
    #[schema(value_type = String, required, example = "AZkAAAAAcACAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAA")]
    code: Sent,
}

/// Invite somebody to a home: the code is good for one person, once, for seven days. For the home's owner.
#[utoipa::path(post, path = "/api/homes/{id}/invitations/", tag = "power", params(("id" = String, Path)),
    request_body = Option<InvitationBody>,
    responses((status = 201, body = InvitationView), (status = 403, body = crate::frame::ProblemBody),
              (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn invite(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<HomeId>,
    PerhapsBody(body): PerhapsBody<InvitationBody>,
) -> Result<Response> {
    let mut fields = Fields::default();
    let username = fields.optional("username", &body.username, |value| {
        Username::parse(read_text(value)?)
    });
    fields.done()?;
    let invited = app.invite(&caller, id, username).await?;
    let view = |code| InvitationView {
        code,
        user: invited.user.map(|user| user.to_string()),
        expires_at: invited.expires_at,
    };
    let shown = (StatusCode::CREATED, Json(view(Some(invited.code.clone())))).into_response();
    Ok(kept_without(shown, &view(None)))
}

/// Become a member of the home that a code is for.
#[utoipa::path(post, path = "/api/homes/join/", tag = "power", request_body = JoinBody,
    responses((status = 201, body = HomeView), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn join_home(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Body(body): Body<JoinBody>,
) -> Result<Entity<HomeView>> {
    let mut fields = Fields::default();
    let code = fields.required("code", &body.code, |value| read_text(value).map(str::to_owned));
    let code = fields.all(code)?;
    Ok(entity(app.join_home(&caller, &code).await?).created())
}

/// End a membership: one's own, or any of one's own home.
#[utoipa::path(delete, path = "/api/homes/{id}/members/{user_id}/", tag = "power",
    params(("id" = String, Path), ("user_id" = String, Path)),
    responses((status = 204), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn remove_member(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id((home, user)): Id<(HomeId, UserId)>,
) -> Result<StatusCode> {
    app.remove_member(&caller, home, user).await?;
    Ok(StatusCode::NO_CONTENT)
}
