use jiff::Timestamp;
use kabar_domain::power::{Outage, OutageKey, Place};

use super::{Grid, items::OutageItem};
use crate::{List, Order, Result, StoreError, Window, db::s, instant::digits, keys};

/// Which outages are asked for. Times are those of the start: `from` inclusive, `to` exclusive.
#[derive(Clone, Debug, Default)]
pub struct OutageFilter {
    /// Only of this region or home; else of all regions.
    pub place: Option<Place>,
    /// Only those that last (`true`) or are over (`false`).
    pub is_open: Option<bool>,
    /// Started at or after.
    pub from: Option<Timestamp>,
    /// Started before.
    pub to: Option<Timestamp>,
}

impl Grid {
    /// An outage; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn outage(&self, at: OutageKey) -> Result<Option<Outage>> {
        let found: Option<OutageItem> = self.0.get(keys::outage(at)).await?;
        found.map(Outage::try_from).transpose()
    }

    /// Outages by when they started; one read, or two that are merged when all regions' open and closed ones are
    /// asked for.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn outages(&self, filter: &OutageFilter, window: &Window) -> Result<List<Outage>> {
        let states: &[bool] = match (filter.place, filter.is_open) {
            (Some(_), _) => &[true],
            (None, Some(true)) => &[true],
            (None, Some(false)) => &[false],
            (None, None) => &[true, false],
        };
        let mut found = Vec::new();
        for &is_open in states {
            found.extend(self.outages_in(filter, is_open, window).await?);
        }
        window.order.sort(&mut found, |outage: &Outage| {
            (outage.key.started_at, outage.key.id)
        });
        // One that closes between the two reads is in both.
        found.dedup_by_key(|outage| outage.key.id);
        let goes_on = found.len() > usize::from(window.limit);
        found.truncate(usize::from(window.limit));
        let next = found
            .last()
            .filter(|_| goes_on)
            .map(|outage| keys::started(outage.key));
        Ok(List { entries: found, next })
    }

    /// Up to one more than the limit, so that the caller knows whether the list goes on.
    async fn outages_in(&self, filter: &OutageFilter, is_open: bool, window: &Window) -> Result<Vec<Outage>> {
        let mut from = digits(filter.from.unwrap_or(Timestamp::UNIX_EPOCH));
        // A sort key is a time, `#` and an id: `!` comes before `#`, so a bare time sorts before its own outages.
        let mut to = filter
            .to
            .map_or_else(|| "~".to_owned(), |to| format!("{}!", digits(to)));
        match (&window.after, window.order) {
            (None, _) => {}
            (Some(after), Order::Newest) => to = to.min(format!("{after}!")),
            (Some(after), Order::Oldest) => from = from.max(after.clone()),
        }
        if to < from {
            return Ok(Vec::new());
        }
        let follows = |sort: &str| match (&window.after, window.order) {
            (None, _) => true,
            (Some(after), Order::Newest) => sort < after.as_str(),
            (Some(after), Order::Oldest) => sort > after.as_str(),
        };
        // The one outage of a place that lasts is its newest: it is found from that end, whichever is asked for.
        let is_the_newest = filter.place.is_some() && filter.is_open == Some(true);
        let mut query = self
            .0
            .query()
            .expression_attribute_values(":from", s(&from))
            .scan_index_forward(window.order.is_forward() && !is_the_newest)
            .limit(i32::from(window.limit) + 2);
        query = match filter.place {
            Some(place) => {
                let state = match filter.is_open {
                    Some(true) => Some("ended_at = :null"),
                    Some(false) => Some("ended_at <> :null"),
                    None => None,
                };
                let query = query
                    .key_condition_expression("pk = :place AND sk BETWEEN :from AND :to")
                    .expression_attribute_values(":place", s(keys::place(place)))
                    .expression_attribute_values(":from", s(format!("{}{from}", keys::OUTAGE)))
                    .expression_attribute_values(":to", s(format!("{}{to}", keys::OUTAGE)));
                match state {
                    // At most one outage of a place is open, so this filters away at most one row, or all but one.
                    Some(state) => query.filter_expression(state).expression_attribute_values(
                        ":null",
                        aws_sdk_dynamodb::types::AttributeValue::Null(true),
                    ),
                    None => query,
                }
            }
            None => query
                .index_name(keys::LIST)
                .key_condition_expression("list_pk = :list AND list_sk BETWEEN :from AND :to")
                .expression_attribute_values(":list", s(keys::REGION_OUTAGES[usize::from(!is_open)]))
                .expression_attribute_values(":to", s(&to)),
        };
        let rows: Vec<OutageItem> = self.0.rows(query).await?;
        let rows = rows.into_iter().filter(|row| follows(&row.list_sk));
        rows.map(Outage::try_from)
            .collect::<std::result::Result<_, StoreError>>()
    }
}
