use std::collections::BTreeMap;

use axum::Json;
use jiff::Timestamp;
use kabar_app::mailings::Statistics;
use kabar_domain::ids::MailingId;
use serde::Serialize;
use utoipa::ToSchema;

use super::{cost_view::CostView, mailing::LISTING, mailing_view::CountsView};
use crate::frame::{Entity, Id, Params, Request, Result, Staff};

/// A part of the list of mailings, with their messages by status.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountsList {
    mailings: Vec<CountsView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// What became of a mailing, in numbers. People are told when the provider takes a message to them, whatever came of
/// it afterwards.
#[derive(Serialize, ToSchema)]
#[schema(as = MailingStatistics)]
pub(crate) struct StatisticsView {
    #[serde(flatten)]
    counts: CountsView,
    /// People told in each hour, by its beginning.
    by_hour: BTreeMap<String, u32>,
    /// People told of each operator.
    by_operator: BTreeMap<String, u32>,
    /// People told with each tag, of the first hundred tags.
    by_tag: BTreeMap<String, u32>,
    /// People told with other tags.
    other_tags: u32,
    /// When the first was told.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_sent_at: Option<Timestamp>,
    /// When the last was.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_sent_at: Option<Timestamp>,
    /// How often the provider was asked to tell them.
    attempts: u32,
    cost: CostView,
}

impl From<&Statistics> for StatisticsView {
    fn from(statistics: &Statistics) -> Self {
        let breakdown = &statistics.breakdown;
        Self {
            counts: (&statistics.mailed).into(),
            by_hour: breakdown
                .by_hour
                .iter()
                .map(|(hour, count)| (hour.to_string(), *count))
                .collect(),
            by_operator: breakdown
                .by_operator
                .iter()
                .map(|(code, count)| (code.as_str().to_owned(), *count))
                .collect(),
            by_tag: breakdown
                .by_tag
                .iter()
                .map(|(tag, count)| (tag.as_str().to_owned(), *count))
                .collect(),
            other_tags: breakdown.other_tags,
            first_sent_at: breakdown.first_sent_at,
            last_sent_at: breakdown.last_sent_at,
            attempts: breakdown.attempts,
            cost: (&statistics.cost).into(),
        }
    }
}

/// Every mailing with its messages by status, the newest first, as of the last turn of each page.
#[utoipa::path(get, path = "/api/mailings/stats/", tag = "mailings", responses((status = 200, body = CountsList)))]
pub(crate) async fn list_counts(_: Staff, Request(app): Request, params: Params) -> Result<Json<CountsList>> {
    let found = app.mailings(&params.window(LISTING)?).await?;
    Ok(Json(CountsList {
        mailings: found.entries.iter().map(CountsView::from).collect(),
        next: found.next.map(|key| LISTING.cursor(&key)),
    }))
}

/// What became of a mailing, in numbers: its messages by status, exact at this moment; who was told by hour, operator
/// and tag; and about what it has cost.
#[utoipa::path(get, path = "/api/mailings/{id}/stats/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 200, body = StatisticsView)))]
pub(crate) async fn get_statistics(
    _: Staff,
    Request(app): Request,
    Id(id): Id<MailingId>,
) -> Result<Entity<StatisticsView>> {
    let statistics = app.mailing_statistics(id).await?;
    Ok(Entity::unversioned((&statistics).into()))
}
