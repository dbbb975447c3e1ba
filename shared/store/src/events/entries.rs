use std::collections::HashMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use kabar_domain::{
    events::{Event, EventFilter, Term},
    ids::EventId,
};
use serde::{Deserialize, Serialize};

use super::{
    Events,
    items::{EventItem, keyed},
};
use crate::{List, Result, Window, db::s, keys, keys::Key};

/// How often a page of a list is filled up when events were found that do not belong.
const MOST_ROUNDS: usize = 4;
/// That an event is found by a term: keys only.
#[derive(Serialize, Deserialize)]
struct Entry {}

#[derive(Deserialize)]
struct Found {
    sk: String,
    #[serde(default)]
    list_sk: String,
}

impl Events {
    pub(super) fn put_entry(&self, term: &Term, event: &Event) -> Result<TransactWriteItem> {
        let by_start = (keys::entries(term), keys::start(event.start, event.id));
        self.0
            .put(keyed(keys::entry(term, event.id), Some(by_start), &Entry {})?)
    }

    /// Events that fit, by when they were made, or by their start if that is asked for; two reads, and a few more when one
    /// term alone does not find them. A part may then have fewer entries than its limit and still go on.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn events(&self, filter: &EventFilter, window: &Window) -> Result<List<Event>> {
        let limit = usize::from(window.limit);
        let mut entries = Vec::new();
        let mut after = window.after.clone();
        for _ in 0..MOST_ROUNDS {
            let wanted = limit - entries.len();
            let part = Window {
                limit: u16::try_from(wanted).unwrap_or(window.limit),
                after,
                order: window.order,
            };
            let (found, goes_on) = self.found(filter, &part).await?;
            after = found.last().map(|(sort, _)| sort.clone()).filter(|_| goes_on);
            let mut events = self.events_by_id(found.iter().map(|(_, id)| *id)).await?;
            entries.extend(
                found
                    .iter()
                    .filter_map(|(_, id)| events.remove(id))
                    .filter(|event| filter.fits(event)),
            );
            if after.is_none() || entries.len() == limit {
                break;
            }
        }
        Ok(List { entries, next: after })
    }

    /// The next events by the filter's one term, each with its place in the list, and whether more follow.
    async fn found(&self, filter: &EventFilter, window: &Window) -> Result<(Vec<(String, EventId)>, bool)> {
        let term = filter.term();
        let list = keys::entries(&term);
        let after = window.after.as_deref();
        let query = self
            .0
            .query()
            .scan_index_forward(window.order.is_forward())
            .limit(i32::from(window.limit))
            .expression_attribute_values(":list", s(&list));
        let query = if filter.is_by_start() {
            let from = filter.from.map_or_else(|| " ".to_owned(), keys::starting);
            let to = filter.to.map_or_else(|| "~".to_owned(), keys::starting);
            if from > to {
                return Ok((Vec::new(), false));
            }
            let start = after.and_then(|sort| {
                let id = EventId::parse(sort.split_once('#')?.1)?;
                let mut start = keys::entry(&term, id).attributes();
                start.extend([("list_pk".to_owned(), s(&list)), ("list_sk".to_owned(), s(sort))]);
                Some(start)
            });
            query
                .index_name(keys::LIST)
                .key_condition_expression("list_pk = :list AND list_sk BETWEEN :from AND :to")
                .expression_attribute_values(":from", s(from))
                .expression_attribute_values(":to", s(to))
                .set_exclusive_start_key(start)
        } else {
            let start = after.map(|sort| {
                Key {
                    pk: list.clone(),
                    sk: sort.to_owned(),
                }
                .attributes()
            });
            query
                .key_condition_expression("pk = :list")
                .consistent_read(true)
                .set_exclusive_start_key(start)
        };
        let answer = query
            .send()
            .await
            .map_err(crate::StoreError::unavailable("Query"))?;
        let goes_on = answer.last_evaluated_key.is_some();
        let mut found = Vec::new();
        for item in answer.items.unwrap_or_default() {
            let Found { sk, list_sk } = crate::db::read(item)?;
            let sort = if filter.is_by_start() { list_sk } else { sk.clone() };
            found.extend(EventId::parse(&sk).map(|id| (sort, id)));
        }
        Ok((found, goes_on))
    }

    /// These events, as the last writes left them; one read for every hundred. Those that are gone are left out.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn events_by_id(
        &self,
        ids: impl IntoIterator<Item = EventId>,
    ) -> Result<HashMap<EventId, Event>> {
        let keys: Vec<Key> = ids.into_iter().map(keys::event).collect();
        let mut events = HashMap::with_capacity(keys.len());
        for item in self.0.get_many::<EventItem>(keys, true).await? {
            let event = Event::try_from(item)?;
            events.insert(event.id, event);
        }
        Ok(events)
    }
}
