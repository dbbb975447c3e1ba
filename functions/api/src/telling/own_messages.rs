use axum::Json;
use jiff::Timestamp;
use kabar_domain::ids::MessageId;
use kabar_store::notices::OwnMessage;
use serde::Serialize;
use utoipa::ToSchema;

use super::cause_view::CauseView;
use crate::frame::{Entity, Id, Listing, LoggedIn, Params, Request, Result};

const LISTING: Listing = Listing {
    name: "own-messages",
    is_sort_key: |key| MessageId::parse(key).is_some(),
};

/// What I was told, and why.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnMessage)]
pub(crate) struct OwnMessageView {
    id: String,
    /// `outage`, `restored`, `home_outage`, `home_restored`, `planned_cut`, `planned_cut_changed`, `password_reset`,
    /// `registration`, `registration_changed`, `registration_cancelled`, `payment`, `event_changed`, `reminder` or `test`.
    #[schema(example = "outage")]
    kind: &'static str,
    /// `email` or `telegram`.
    #[schema(example = "email")]
    channel: &'static str,
    /// When it was news.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was sent; null if it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    sent_at: Option<Timestamp>,
    /// `sent`, `delivered`, or why it did not come: `error` (will be tried again), `expired`, `suppressed`, `bounced`,
    /// `complained`, `cancelled`, `failed`.
    #[schema(example = "delivered")]
    status: &'static str,
    #[serde(flatten)]
    cause: CauseView,
}

impl From<OwnMessage> for OwnMessageView {
    fn from(OwnMessage { id, notice, outcome }: OwnMessage) -> Self {
        Self {
            id: id.to_string(),
            kind: notice.news.kind().name(),
            channel: notice.channel().name(),
            created_at: notice.created_at,
            sent_at: outcome.sent_at,
            status: outcome.status.name(),
            cause: (&notice).into(),
        }
    }
}

/// A part of the list of what I was told.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnMessageList {
    messages: Vec<OwnMessageView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// What was I told, by mail and in the chat of mine? The newest first. A message is here as soon as something has become of
/// it, sent or not.
#[utoipa::path(get, path = "/api/users/me/messages/", tag = "people",
    responses((status = 200, body = OwnMessageList)))]
pub(crate) async fn list_own_messages(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    params: Params,
) -> Result<Json<OwnMessageList>> {
    let found = app.own_messages(&caller, &params.window(LISTING)?).await?;
    Ok(Json(OwnMessageList {
        messages: found.entries.into_iter().map(OwnMessageView::from).collect(),
        next: found.next.map(|key| LISTING.cursor(&key)),
    }))
}

/// Why was I told this, and what became of it?
#[utoipa::path(get, path = "/api/users/me/messages/{id}/", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = OwnMessageView)))]
pub(crate) async fn get_own_message(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<MessageId>,
) -> Result<Entity<OwnMessageView>> {
    Ok(Entity::unversioned(app.own_message(&caller, id).await?.into()))
}
