use axum::Json;
use jiff::Timestamp;
use kabar_app::mailings::{Preview, Previewed};
use serde::Serialize;
use utoipa::ToSchema;

use super::{cost_view::CostView, mailing_body::MailingBody};
use crate::frame::{Body, Request, Result, Staff};

/// A mailing that is only looked at.
#[derive(Serialize, ToSchema)]
#[schema(as = MailingPreview)]
pub(crate) struct PreviewView {
    /// How many clients it would go to.
    count: u64,
    /// What it would be to some of them.
    people: Vec<PreviewedView>,
    cost: CostView,
}

/// What a mailing would be to one client.
#[derive(Serialize, ToSchema)]
#[schema(as = PreviewedMessage)]
struct PreviewedView {
    /// The client.
    client: String,
    /// What they read: `en` or `id`.
    #[schema(example = "id")]
    language: &'static str,
    /// IANA name of the zone in which their clock stands.
    #[schema(example = "Europe/Moscow")]
    time_zone: String,
    /// Null for text messages.
    subject: Option<String>,
    text: Option<String>,
    /// Null for text messages.
    html: Option<String>,
    /// When they would be told, at the earliest. Null if they would not be: their hours do not begin before the end, or
    /// mail does not go to them.
    #[schema(value_type = Option<String>, format = DateTime)]
    sends_at: Option<Timestamp>,
}

impl From<Previewed> for PreviewedView {
    fn from(
        Previewed {
            client,
            copy,
            sends_at,
        }: Previewed,
    ) -> Self {
        Self {
            client: client.id.to_string(),
            language: client.reads().code(),
            time_zone: client.zone.name().to_owned(),
            subject: copy.subject,
            text: copy.text,
            html: copy.html,
            sends_at,
        }
    }
}

impl From<Preview> for PreviewView {
    fn from(preview: Preview) -> Self {
        Self {
            count: preview.count,
            people: preview.people.into_iter().map(PreviewedView::from).collect(),
            cost: (&preview.cost).into(),
        }
    }
}

/// See what a mailing would be, as its senders would write it: to how many, what some of them would read and when, and
/// about what it would cost. Nothing is kept of it.
#[utoipa::path(post, path = "/api/mailings/preview/", tag = "mailings", request_body = MailingBody,
    responses((status = 200, body = PreviewView)))]
pub(crate) async fn preview_mailing(
    _: Staff,
    Request(app): Request,
    Body(body): Body<MailingBody>,
) -> Result<Json<PreviewView>> {
    Ok(Json(app.preview_mailing(body.read()?).await?.into()))
}
