use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::power::{Kept, Place, Transition};

use super::{Grid, history_items::TransitionItem};
use crate::{
    List, Result, StoreError, Window,
    db::{Item, item, read, s},
    instant::digits,
    keys,
};

/// How many rows of a history are read at once to find those of a day: more than that has are seldom.
const AT_ONCE: i32 = 25;

/// What a turn of a place adds to its history.
#[derive(Clone, Copy, Debug)]
pub struct Turned<'a> {
    /// The row of it.
    pub transition: &'a Transition,
    /// The days of the months that what is over by it touched, with it; nothing if nothing that counts is.
    pub kept: Option<&'a Kept>,
}

/// Which part of a history is asked for: `from` inclusive, `to` exclusive.
#[derive(Clone, Copy, Debug, Default)]
pub struct Range {
    /// Not before this.
    pub from: Option<Timestamp>,
    /// Before this.
    pub to: Option<Timestamp>,
}

impl Grid {
    /// What a turn adds to the history of a place that comes to this version by it.
    pub(super) fn put_history(&self, turned: &Turned<'_>, version: u64) -> Result<Vec<TransactWriteItem>> {
        let row = TransitionItem::of(turned.transition, version);
        let mut writes = vec![self.0.put(item(&row)?)?];
        if let Some(kept) = turned.kept {
            writes.extend(self.put_months(turned.transition.place, kept)?);
        }
        Ok(writes)
    }

    /// What a place came to be, the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn transitions(
        &self,
        place: Place,
        range: &Range,
        window: &Window,
    ) -> Result<List<Transition>> {
        let from = digits(range.from.unwrap_or(Timestamp::UNIX_EPOCH));
        let end = range.to.map_or_else(|| "~".to_owned(), digits);
        // The transition before the last one that was seen, if it is there, has at most the number before.
        let after = window.after.as_deref().and_then(keys::turned_of);
        let after = after.map(|(at, number)| keys::turned(at, number.saturating_sub(1)));
        let last = after.map_or_else(|| end.clone(), |after| after.min(end.clone()));
        if last < from {
            return Ok(List {
                entries: Vec::new(),
                next: None,
            });
        }
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :place AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":place", s(keys::place(place)))
            .expression_attribute_values(":first", s(format!("{}{from}", keys::TRANSITION)))
            .expression_attribute_values(":last", s(format!("{}{last}", keys::TRANSITION)))
            .scan_index_forward(false)
            .limit(i32::from(window.limit) + 1);
        let mut rows: Vec<TransitionItem> = self.0.rows(query).await?;
        let goes_on = rows.len() > usize::from(window.limit);
        rows.truncate(window.limit.into());
        let sort = |row: &TransitionItem| row.sk.strip_prefix(keys::TRANSITION).map(str::to_owned);
        let next = rows.last().filter(|_| goes_on).and_then(sort);
        let entries = rows.iter().map(|row| row.read(place)).collect::<Result<_>>()?;
        Ok(List { entries, next })
    }

    /// The transitions of a place since then and the last one before, the oldest first, as they were last written; one read
    /// for every twenty-five.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn transitions_since(&self, place: Place, from: Timestamp) -> Result<Vec<Transition>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :place AND begins_with(sk, :transition)")
            .expression_attribute_values(":place", s(keys::place(place)))
            .expression_attribute_values(":transition", s(keys::TRANSITION))
            .scan_index_forward(false)
            .consistent_read(true)
            .limit(AT_ONCE);
        let mut found: Vec<Transition> = Vec::new();
        let mut start: Option<Item> = None;
        loop {
            let answer = query.clone().set_exclusive_start_key(start).send().await;
            let answer = answer.map_err(StoreError::unavailable("Query"))?;
            for row in answer.items.unwrap_or_default() {
                found.push(read::<TransitionItem>(row)?.read(place)?);
                if found.last().is_some_and(|oldest| oldest.at < from) {
                    found.reverse();
                    return Ok(found);
                }
            }
            start = answer.last_evaluated_key;
            if start.is_none() {
                found.reverse();
                return Ok(found);
            }
        }
    }
}
