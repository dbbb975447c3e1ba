use axum::Json;
use kabar_domain::ids::{MessageId, NoticeId};
use serde::Serialize;
use utoipa::ToSchema;

use super::views::{MessageView, NoticeView};
use crate::frame::{Entity, Id, Listing, Params, Request, Result, Staff};

const NOTICES: Listing = Listing {
    name: "notices",
    is_sort_key: |key| NoticeId::parse(key).is_some(),
};
const MESSAGES: Listing = Listing {
    name: "messages",
    is_sort_key: |key| MessageId::parse(key).is_some(),
};

/// A part of the list of notices.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoticeList {
    notices: Vec<NoticeView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// A part of the list of a notice's messages.
#[derive(Serialize, ToSchema)]
pub(crate) struct MessageList {
    messages: Vec<MessageView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// What people were told, the newest first unless `order` says otherwise.
#[utoipa::path(get, path = "/api/notices/", tag = "telling",
    params(("order" = Option<String>, Query, pattern = r"^(newest|oldest)$", description = "Which come first; the newest unless said. A cursor is good for its own order", example = "oldest")),
    responses((status = 200, body = NoticeList)))]
pub(crate) async fn list_notices(
    _: Staff,
    Request(app): Request,
    params: Params,
) -> Result<Json<NoticeList>> {
    let window = params.ordered(NOTICES)?;
    let found = app.notices(&window).await?;
    let next = found.next.map(|key| NOTICES.next(&window, &key));
    Ok(Json(NoticeList {
        notices: found.entries.into_iter().map(NoticeView::from).collect(),
        next,
    }))
}

/// What people were told, with the counts of what became of it.
#[utoipa::path(get, path = "/api/notices/{id}/", tag = "telling", params(("id" = String, Path)),
    responses((status = 200, body = NoticeView)))]
pub(crate) async fn get_notice(
    _: Staff,
    Request(app): Request,
    Id(id): Id<NoticeId>,
) -> Result<Entity<NoticeView>> {
    Ok(Entity::unversioned(app.notice(id).await?.into()))
}

/// What was told to whom, with what outcome; the last planned first unless `order` says otherwise.
#[utoipa::path(get, path = "/api/notices/{id}/messages/", tag = "telling",
    params(("id" = String, Path),
           ("order" = Option<String>, Query, pattern = r"^(newest|oldest)$", description = "Which come first; the newest unless said. A cursor is good for its own order", example = "oldest")),
    responses((status = 200, body = MessageList)))]
pub(crate) async fn list_messages(
    _: Staff,
    Request(app): Request,
    Id(id): Id<NoticeId>,
    params: Params,
) -> Result<Json<MessageList>> {
    let window = params.ordered(MESSAGES)?;
    let found = app.messages(id, &window).await?;
    let next = found.next.map(|key| MESSAGES.next(&window, &key));
    Ok(Json(MessageList {
        messages: found.entries.into_iter().map(MessageView::from).collect(),
        next,
    }))
}
