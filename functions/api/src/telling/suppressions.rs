use axum::{Json, http::StatusCode};
use jiff::Timestamp;
use kabar_app::telling::SuppressionFilter;
use kabar_domain::{
    ids::SuppressionId,
    news::{Source, Suppression, Topic},
    people::Email,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::frame::{
    Body, Entity, Fields, Id, IfMatch, ListQuery, Listing, Params, Request, Result, Sent, Staff, read_text,
};

const LISTING: Listing = Listing {
    name: "suppressions",
    is_sort_key: |key| {
        key.split_once('#').is_some_and(|(since, id)| {
            since.bytes().all(|byte| byte.is_ascii_digit()) && SuppressionId::parse(id).is_some()
        })
    },
};

/// That an address gets no mail of a topic. Passwords and tickets are mailed to it all the same.
#[derive(Serialize, ToSchema)]
#[schema(as = Suppression)]
pub(crate) struct SuppressionView {
    id: String,
    #[schema(example = "sari@example.com")]
    email: String,
    /// `reminders`, `outages` or `mailings`.
    #[schema(example = "mailings")]
    topic: &'static str,
    /// `hard_bounce`, `soft_bounces`, `complaint` or `manual`.
    #[schema(example = "hard_bounce")]
    reason: &'static str,
    /// `ses`, or the id of the person who said so.
    #[schema(example = "ses")]
    source: String,
    /// The message that came back, if that was the reason.
    message: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

impl From<Suppression> for SuppressionView {
    fn from(suppression: Suppression) -> Self {
        Self {
            id: suppression.id.to_string(),
            email: suppression.email.as_str().to_owned(),
            topic: suppression.topic.name(),
            reason: suppression.reason.name(),
            source: match suppression.source {
                Source::Ses => "ses".to_owned(),
                Source::Staff(user) => user.to_string(),
            },
            message: suppression.message.map(|message| message.to_string()),
            since: suppression.since,
        }
    }
}

/// A part of the list of suppressions.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuppressionList {
    suppressions: Vec<SuppressionView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

impl SuppressionList {
    fn of(suppressions: Vec<Suppression>, next: Option<&str>) -> Json<Self> {
        Json(Self {
            suppressions: suppressions.into_iter().map(SuppressionView::from).collect(),
            next: next.map(|key| LISTING.cursor(key)),
        })
    }
}

/// Which address is to get no more mail.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewSuppression)]
pub(crate) struct SuppressionBody {
    #[schema(value_type = String, max_length = 254, required, example = "sari@example.com")]
    email: Sent,
    /// `reminders`, `outages` or `mailings`; all of them unless said.
    #[schema(value_type = Option<String>, example = "mailings")]
    topic: Sent,
}

/// Addresses that get no mail of a topic, the newest first.
#[utoipa::path(get, path = "/api/suppressions/", tag = "telling",
    params(("email" = Option<String>, Query, description = "Only of this address", example = "sari@example.com"),
           ("topic" = Option<String>, Query, description = "Only of this topic", example = "mailings")),
    responses((status = 200, body = SuppressionList)))]
pub(crate) async fn list_suppressions(
    _: Staff,
    Request(app): Request,
    params: Params,
) -> Result<Json<SuppressionList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = query.window(LISTING);
    let filter = SuppressionFilter {
        email: query.parameter("email", Email::parse),
        topic: query.parameter("topic", Topic::parse),
    };
    query.fields.done()?;
    let found = app.suppressions(&filter, &window).await?;
    Ok(SuppressionList::of(found.entries, found.next.as_deref()))
}

/// Mail an address no more. What is on the list already stays as it is.
#[utoipa::path(post, path = "/api/suppressions/", tag = "telling", request_body = SuppressionBody,
    responses((status = 201, body = SuppressionList)))]
pub(crate) async fn suppress(
    Staff(caller): Staff,
    Request(app): Request,
    Body(body): Body<SuppressionBody>,
) -> Result<(StatusCode, Json<SuppressionList>)> {
    let mut fields = Fields::default();
    let email = fields.required("email", &body.email, |v| Email::parse(read_text(v)?));
    let topic = fields.optional("topic", &body.topic, |v| Topic::parse(read_text(v)?));
    let email = fields.all(email)?;
    let entries = app.suppress(&caller, &email, topic).await?;
    Ok((StatusCode::CREATED, SuppressionList::of(entries, None)))
}

/// That an address gets no mail of a topic.
#[utoipa::path(get, path = "/api/suppressions/{id}/", tag = "telling", params(("id" = String, Path)),
    responses((status = 200, body = SuppressionView)))]
pub(crate) async fn get_suppression(
    _: Staff,
    Request(app): Request,
    Id(id): Id<SuppressionId>,
) -> Result<Entity<SuppressionView>> {
    let suppression = app.suppression(id).await?;
    Ok(Entity::versioned(suppression.version(), suppression.into()))
}

/// Mail an address again.
#[utoipa::path(delete, path = "/api/suppressions/{id}/", tag = "telling", params(("id" = String, Path)),
    responses((status = 204)))]
pub(crate) async fn lift_suppression(
    _: Staff,
    Request(app): Request,
    Id(id): Id<SuppressionId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.lift(id, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}
