use kabar_app::mailings::Reach;
use kabar_domain::{
    ids::MailingId,
    mailings::{Audience, OperatorCode, Tag},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    client_view::ClientView,
    mailing_body::{audience, few},
};
use crate::frame::{Entity, Fields, Id, ListQuery, Params, Request, Result, Staff};

/// Whom a mailing would go to.
#[derive(Serialize, ToSchema)]
#[schema(as = MailingAudience)]
pub(crate) struct ReachView {
    /// How many clients.
    count: u64,
    /// Some of them.
    sample: Vec<ClientView>,
}

impl From<Reach> for ReachView {
    fn from(reach: Reach) -> Self {
        Self {
            count: reach.count,
            sample: reach.sample.into_iter().map(ClientView::from).collect(),
        }
    }
}

/// Whom a mailing would go to if it went now: how many, and some of them.
#[utoipa::path(get, path = "/api/mailings/{id}/audience/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 200, body = ReachView)))]
pub(crate) async fn get_audience(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
) -> Result<Entity<ReachView>> {
    Ok(Entity::unversioned(app.reach_of(id).await?.into()))
}

/// Whom a mailing with this filter would go to, by whatever channel: how many, and some of them. Nothing named is
/// everybody. Those who cannot be reached are among them, as they are in a mailing.
#[utoipa::path(get, path = "/api/mailings/audience/", tag = "mailings",
    params(("operator_code" = Option<Vec<String>>, Query, description = "Clients of any of these operators", max_items = 50, example = json!(["916"])),
           ("tag" = Option<Vec<String>>, Query, description = "Clients with any of these tags; an empty one is of those without", max_items = 50, example = json!(["vip"]))),
    responses((status = 200, body = ReachView), (status = 400)))]
pub(crate) async fn find_audience(
    _: Staff,
    Request(app): Request,
    params: Params,
) -> Result<Entity<ReachView>> {
    let filter = filter(&params)?;
    Ok(Entity::unversioned(app.reach(&filter).await?.into()))
}

/// A filter as a query has it: a parameter for every operator, and for every tag.
fn filter(params: &Params) -> Result<Audience> {
    let mut query = ListQuery {
        params,
        fields: Fields::default(),
    };
    let codes = query.parameters("operator_code", OperatorCode::parse);
    let tags = query.parameters("tag", Tag::parse);
    let mut fields = query.fields;
    let codes = few(codes).map_or_else(|reason| fields.refuse("operator_code", reason), Some);
    let tags = few(tags).map_or_else(|reason| fields.refuse("tag", reason), Some);
    let (codes, tags) = fields.all((codes, tags))?;
    let mut fields = Fields::default();
    let filter = audience(codes, tags).map_or_else(|reason| fields.refuse("tag", reason), Some);
    fields.all(filter)
}
