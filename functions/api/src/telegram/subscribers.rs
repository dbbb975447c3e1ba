use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kabar_app::telegram::ChatChange;
use kabar_domain::{
    Invalid, Language, Zone, bounded_text,
    ids::RegionId,
    telegram::{CHAT_TITLE_MAX, ChatId, Coverage, MOST_COVERED},
};
use serde_json::Value;

use super::{
    subscriber_body::{SubscriberBody, TestBody},
    subscriber_view::{LISTING, SubscriberList, SubscriberView, TestView},
};
use crate::frame::{Body, Fields, Id, Params, PerhapsBody, Request, Result, Staff, read_text};

type Read<T> = std::result::Result<T, Invalid>;

fn read_chat(value: &Value) -> Read<ChatId> {
    let number = value.as_i64();
    ChatId::new(number.ok_or_else(|| Invalid::because("Must be the number of a chat in Telegram."))?)
}

/// Null stands for all regions, which is not to be told of none.
fn read_regions(value: &Value) -> Read<Coverage> {
    if value.is_null() {
        return Ok(Coverage::All);
    }
    let ids = value.as_array().filter(|ids| ids.len() <= MOST_COVERED);
    let ids = ids.ok_or_else(|| {
        Invalid::because(format!(
            "Must be null, or a list of at most {MOST_COVERED} regions."
        ))
    })?;
    let mut regions = Vec::new();
    for id in ids {
        let region = RegionId::parse(read_text(id)?);
        let region = region.ok_or_else(|| Invalid::because("There is no such region."))?;
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    Ok(Coverage::These(regions))
}

/// Chats that are told in Telegram, or were, those added last first.
#[utoipa::path(get, path = "/api/telegram/subscribers/", tag = "telegram",
    responses((status = 200, body = SubscriberList)))]
pub(crate) async fn list_subscribers(
    _: Staff,
    Request(app): Request,
    params: Params,
) -> Result<Json<SubscriberList>> {
    let found = app.chats(&params.window(LISTING)?).await?;
    let next = found.next.map(|key| LISTING.cursor(&key));
    Ok(Json(SubscriberList {
        subscribers: found.entries.into_iter().map(SubscriberView::from).collect(),
        next,
    }))
}

/// Have a chat told. One that is known is told again, and answers 200.
#[utoipa::path(post, path = "/api/telegram/subscribers/", tag = "telegram", request_body = SubscriberBody,
    responses((status = 201, body = SubscriberView), (status = 200, body = SubscriberView)))]
pub(crate) async fn add_subscriber(
    _: Staff,
    Request(app): Request,
    Body(body): Body<SubscriberBody>,
) -> Result<Response> {
    let mut fields = Fields::default();
    let chat = fields.required("chat_id", &body.chat_id, read_chat);
    let change = ChatChange {
        title: fields.optional("title", &body.title, |value| {
            bounded_text(read_text(value)?, CHAT_TITLE_MAX)
        }),
        regions: fields.nullable("regions", &body.regions, read_regions),
        language: fields.optional("language", &body.language, |value| {
            Language::parse(read_text(value)?)
        }),
        zone: fields.optional("time_zone", &body.time_zone, |value| {
            Zone::parse(read_text(value)?)
        }),
    };
    let chat = fields.all(chat)?;
    let (subscriber, is_new) = app.add_chat(chat, change).await?;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(SubscriberView::from(subscriber))).into_response())
}

/// Forget a chat.
#[utoipa::path(delete, path = "/api/telegram/subscribers/{chat_id}/", tag = "telegram",
    params(("chat_id" = i64, Path)), responses((status = 204)))]
pub(crate) async fn remove_subscriber(
    _: Staff,
    Request(app): Request,
    Id(chat): Id<ChatId>,
) -> Result<StatusCode> {
    app.remove_chat(chat).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Write a test message to a chat.
#[utoipa::path(post, path = "/api/telegram/test/", tag = "telegram", request_body = Option<TestBody>,
    responses((status = 202, body = TestView)))]
pub(crate) async fn test_telegram(
    Staff(caller): Staff,
    Request(app): Request,
    PerhapsBody(body): PerhapsBody<TestBody>,
) -> Result<(StatusCode, Json<TestView>)> {
    let mut fields = Fields::default();
    let chat = fields.optional("chat_id", &body.chat_id, read_chat);
    fields.done()?;
    let test = app.test_chat(&caller, chat).await?;
    let view = TestView {
        message: "A test message is on its way.",
        chat_id: test.chat.number(),
        notice: test.notice.to_string(),
    };
    Ok((StatusCode::ACCEPTED, Json(view)))
}
