use axum::{Json, http::Uri, response::Response};
use kabar_app::mailings::{MailedMessage, MessagePlace, harmless};
use kabar_domain::{
    ids::{MailingId, MessageId},
    news::Status,
};
use kabar_store::Window;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    frame::{Entity, Fields, Id, ListQuery, Listing, Params, Request, Result, Staff, csv_part, rows},
    telling::{message_in_full::MessageInFull, views::MessageView},
};

/// The messages of one mailing.
const OF_ONE: Listing = Listing {
    name: "mailing-messages",
    is_sort_key: |key| MessageId::parse(key).is_some(),
};
/// The messages of all mailings.
const OF_ALL: Listing = Listing {
    name: "all-messages",
    is_sort_key: |key| place(key).is_some(),
};
/// How many messages a part of a file has: twenty pages of a hundred, each of which is a read.
const MOST_IN_FILE: u16 = 2_000;

/// A part of a list of mailings' messages.
#[derive(Serialize, ToSchema)]
#[schema(as = MailingMessageList)]
pub(crate) struct MessageList {
    messages: Vec<MessageView>,
    /// Give as `cursor` to go on; null at the end. A part may have fewer messages than were asked for, or none, and the
    /// list go on.
    next: Option<String>,
}

/// What was told to whom by a mailing, the last planned first unless `order` says otherwise.
#[utoipa::path(get, path = "/api/mailings/{id}/messages/", tag = "mailings",
    params(("id" = String, Path), ("status" = Option<String>, Query, description = "Only those that stand there", example = "error"),
           ("order" = Option<String>, Query, pattern = r"^(newest|oldest)$", description = "Which come first; the newest unless said. A cursor is good for its own order", example = "oldest")),
    responses((status = 200, body = MessageList)))]
pub(crate) async fn list_mailing_messages(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
    params: Params,
) -> Result<Json<MessageList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = query.ordered(OF_ONE);
    let status = query.parameter("status", Status::parse);
    query.fields.done()?;
    let found = app.mailing_messages(id, status, &window).await?;
    Ok(Json(MessageList {
        messages: found.entries.into_iter().map(MessageView::from).collect(),
        next: found.next.map(|key| OF_ONE.next(&window, &key)),
    }))
}

/// What was told to whom by all mailings, those of the newest mailing first unless `order` says otherwise.
#[utoipa::path(get, path = "/api/messages/", tag = "mailings",
    params(("status" = Option<String>, Query, description = "Only those that stand there", example = "error"),
           ("order" = Option<String>, Query, pattern = r"^(newest|oldest)$", description = "Which come first; the newest unless said. A cursor is good for its own order", example = "oldest")),
    responses((status = 200, body = MessageList)))]
pub(crate) async fn list_all_messages(
    _: Staff,
    Request(app): Request,
    params: Params,
) -> Result<Json<MessageList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = query.ordered(OF_ALL);
    let status = query.parameter("status", Status::parse);
    query.fields.done()?;
    let after = window.after.as_deref().and_then(place);
    let (found, next) = app
        .all_messages(status, (window.order, window.limit), after)
        .await?;
    Ok(Json(MessageList {
        messages: found.into_iter().map(MessageView::from).collect(),
        next: next.map(|place| OF_ALL.next(&window, &key(place))),
    }))
}

/// A message: to whom, why it was they, and what became of it.
#[utoipa::path(get, path = "/api/messages/{id}/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 200, body = MessageInFull)))]
pub(crate) async fn get_message(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MessageId>,
) -> Result<Entity<MessageInFull>> {
    Ok(Entity::unversioned(app.message(id).await?.into()))
}

/// Export a mailing's messages, the last planned first.
///
/// An answer has a part of 2,000. While there are more, a `Link` header has the URL of the next part; the parts put
/// together, the first of which names the columns, are one file.
#[utoipa::path(get, path = "/api/mailings/{id}/messages/export/", tag = "mailings",
    params(("id" = String, Path), ("status" = Option<String>, Query, description = "Only those that stand there", example = "failed"),
           ("cursor" = Option<String>, Query, description = "Where to go on, as the `Link` header of the part before has it")),
    responses((status = 200, content_type = "text/csv", body = String,
        headers(("Link" = String, description = "While there are more: `<?cursor=…>; rel=\"next\"` (RFC 8288)"),
                ("Content-Disposition" = String, description = "The name of the file")))))]
pub(crate) async fn export_messages(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
    uri: Uri,
    params: Params,
) -> Result<Response> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = Window {
        limit: MOST_IN_FILE,
        after: query.cursor(OF_ONE),
        ..Window::default()
    };
    let status = query.parameter("status", Status::parse);
    query.fields.done()?;
    let found = app.mailing_messages(id, status, &window).await?;
    let next = found.next.map(|key| OF_ONE.cursor(&key));
    let columns = window.after.is_none().then_some(COLUMNS);
    let file = rows(columns, found.entries.iter().map(row));
    csv_part(&format!("mailing-{id}.csv"), file, &uri, next.as_deref())
}

const COLUMNS: [&str; 10] = [
    "id",
    "client",
    "channel",
    "status",
    "attempts",
    "created_at",
    "sent_at",
    "operator_code",
    "tag",
    "error",
];

fn row(MailedMessage { message, .. }: &MailedMessage) -> [String; 10] {
    let outcome = &message.outcome;
    let about = outcome.about.as_ref();
    [
        message.id.to_string(),
        message.to.to_string(),
        message.channel.name().to_owned(),
        outcome.status.name().to_owned(),
        outcome.attempts.to_string(),
        message.created_at.to_string(),
        outcome.sent_at.map(|at| at.to_string()).unwrap_or_default(),
        about
            .map(|about| about.operator_code.as_str().to_owned())
            .unwrap_or_default(),
        about
            .map(|about| harmless(about.tag.as_str()))
            .unwrap_or_default(),
        harmless(outcome.error.as_deref().unwrap_or_default()),
    ]
}

/// A place in the list of all messages, as a cursor has it.
fn key(place: MessagePlace) -> String {
    let message = place.message.map(|id| id.to_string()).unwrap_or_default();
    format!("{}/{message}", place.mailing)
}

fn place(key: &str) -> Option<MessagePlace> {
    let (mailing, message) = key.split_once('/')?;
    let message = match message {
        "" => None,
        id => Some(MessageId::parse(id)?),
    };
    Some(MessagePlace {
        mailing: MailingId::parse(mailing)?,
        message,
    })
}
