//! The few shapes of request that the tables are asked.

use std::{collections::HashMap, sync::Arc, time::Duration};

use aws_sdk_dynamodb::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    operation::query::builders::QueryFluentBuilder,
    types::{AttributeValue, TransactWriteItem},
};
use kabar_domain::World;
use serde::{Serialize, de::DeserializeOwned};
use serde_dynamo::aws_sdk_dynamodb_1::{from_item, to_item};

use crate::{List, Result, StoreError, Window, keys, keys::Key};

pub(crate) type Item = HashMap<String, AttributeValue>;

/// Transactions on the same items conflict when they meet; with jitter, this many tries pass a crowd of hundreds.
pub(crate) const TRANSACTION_TRIES: u32 = 12;
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::from_millis(400);

#[derive(Clone)]
pub(crate) struct Db {
    pub(crate) client: Client,
    pub(crate) table: String,
    world: Arc<dyn World>,
}

/// How a transaction ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Transaction {
    Written,
    /// Nothing was written: the conditions with these numbers did not hold.
    Refused(Vec<usize>),
}

pub(crate) fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

pub(crate) fn n(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub(crate) fn item<T: Serialize>(value: &T) -> Result<Item> {
    to_item(value).map_err(StoreError::unreadable)
}

/// An item under its key, and under a list if it stands in one.
pub(crate) fn keyed<T: Serialize>(key: Key, list: Option<(String, String)>, value: &T) -> Result<Item> {
    let mut item = item(value)?;
    item.extend(key.attributes());
    if let Some((list, sort)) = list {
        item.extend([("list_pk".to_owned(), s(list)), ("list_sk".to_owned(), s(sort))]);
    }
    Ok(item)
}

pub(crate) fn read<T: DeserializeOwned>(item: Item) -> Result<T> {
    from_item(item).map_err(StoreError::unreadable)
}

/// Whether a conditional write was done (`true`) or its condition did not hold (`false`).
pub(crate) fn condition<T, E, R>(
    operation: &'static str,
    result: std::result::Result<T, SdkError<E, R>>,
) -> Result<bool>
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    match result {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(false),
        Err(error) => Err(StoreError::unavailable(operation)(error)),
    }
}

impl Key {
    pub(crate) fn attributes(self) -> Item {
        HashMap::from([("pk".to_owned(), s(self.pk)), ("sk".to_owned(), s(self.sk))])
    }
}

impl Db {
    pub(crate) fn new(client: Client, table: String, world: Arc<dyn World>) -> Self {
        Self { client, table, world }
    }

    /// One item, as the last write left it.
    pub(crate) async fn get<T: DeserializeOwned>(&self, key: Key) -> Result<Option<T>> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(StoreError::unavailable("GetItem"))?;
        answer.item.map(read).transpose()
    }

    /// A Query on this table; the caller adds its key condition.
    pub(crate) fn query(&self) -> QueryFluentBuilder {
        self.client.query().table_name(&self.table)
    }

    /// Runs a Query whose result fits the limit that it was given.
    pub(crate) async fn rows<T: DeserializeOwned>(&self, query: QueryFluentBuilder) -> Result<Vec<T>> {
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        answer.items.unwrap_or_default().into_iter().map(read).collect()
    }

    /// Runs a Query to its end, however much lies between its bounds.
    pub(crate) async fn all_rows<T: DeserializeOwned>(&self, query: QueryFluentBuilder) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        let mut start = None;
        loop {
            let (part, next) = self.part(query.clone().set_exclusive_start_key(start)).await?;
            rows.extend(part);
            start = next;
            if start.is_none() {
                return Ok(rows);
            }
        }
    }

    /// Runs a Query once: what it gave, and where it goes on, if it does.
    pub(crate) async fn part<T: DeserializeOwned>(
        &self,
        query: QueryFluentBuilder,
    ) -> Result<(Vec<T>, Option<Item>)> {
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let rows = answer.items.unwrap_or_default().into_iter().map(read);
        Ok((rows.collect::<Result<_>>()?, answer.last_evaluated_key))
    }

    /// Entries of the list index, in the order that is asked for. `key_of` rebuilds the primary key from a list sort key.
    pub(crate) async fn list<T: DeserializeOwned>(
        &self,
        list: &str,
        window: &Window,
        key_of: impl Fn(&str) -> Option<Key>,
        sort_of: impl Fn(&T) -> String,
    ) -> Result<List<T>> {
        let start = window.after.as_deref().and_then(|after| {
            let mut start = key_of(after)?.attributes();
            start.extend([("list_pk".to_owned(), s(list)), ("list_sk".to_owned(), s(after))]);
            Some(start)
        });
        let query = self
            .query()
            .index_name(keys::LIST)
            .key_condition_expression("list_pk = :list")
            .expression_attribute_values(":list", s(list))
            .scan_index_forward(window.order.is_forward())
            .limit(i32::from(window.limit))
            .set_exclusive_start_key(start);
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let goes_on = answer.last_evaluated_key.is_some();
        let entries: Vec<T> = answer
            .items
            .unwrap_or_default()
            .into_iter()
            .map(read)
            .collect::<Result<_>>()?;
        let next = entries.last().filter(|_| goes_on).map(sort_of);
        Ok(List { entries, next })
    }

    /// The primary keys of what is due by `time`, in one shard, at most `limit`, the most overdue first.
    pub(crate) async fn due(&self, shard: u8, time: jiff::Timestamp, limit: u16) -> Result<Vec<Key>> {
        let query = self
            .query()
            .index_name(keys::DUE)
            .key_condition_expression("due_pk = :shard AND due_sk <= :until")
            .expression_attribute_values(":shard", s(keys::due_shard(shard)))
            .expression_attribute_values(":until", s(keys::due_until(time)))
            .limit(i32::from(limit));
        #[derive(serde::Deserialize)]
        struct Found {
            pk: String,
            sk: String,
        }
        let found: Vec<Found> = self.rows(query).await?;
        Ok(found.into_iter().map(|Found { pk, sk }| Key { pk, sk }).collect())
    }

    /// All or nothing, tried once.
    pub(crate) async fn transact_once(&self, items: Vec<TransactWriteItem>) -> Result<()> {
        self.client
            .transact_write_items()
            .set_transact_items(Some(items))
            .send()
            .await
            .map(drop)
            .map_err(StoreError::unavailable("TransactWriteItems"))
    }

    /// All or nothing. Meeting another transaction is tried again; a condition that does not hold is an answer.
    pub(crate) async fn transact(&self, items: Vec<TransactWriteItem>) -> Result<Transaction> {
        for attempt in 0..TRANSACTION_TRIES {
            let result = self
                .client
                .transact_write_items()
                .set_transact_items(Some(items.clone()))
                .send()
                .await;
            let Err(error) = result else {
                return Ok(Transaction::Written);
            };
            let reasons = error
                .as_service_error()
                .and_then(|e| match e {
                    aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(c) => Some(c.cancellation_reasons()),
                    _ => None,
                })
                .unwrap_or_default();
            let numbered = |code: &str| -> Vec<usize> {
                let has = |r: &&aws_sdk_dynamodb::types::CancellationReason| r.code() == Some(code);
                reasons
                    .iter()
                    .enumerate()
                    .filter(|(_, r)| has(r))
                    .map(|(i, _)| i)
                    .collect()
            };
            let refused = numbered("ConditionalCheckFailed");
            if !refused.is_empty() {
                return Ok(Transaction::Refused(refused));
            }
            let throttled =
                numbered("ThrottlingError").len() + numbered("ProvisionedThroughputExceeded").len();
            let met_another = !numbered("TransactionConflict").is_empty()
                || throttled > 0
                || error.code() == Some("TransactionInProgressException");
            if !met_another {
                return Err(StoreError::unavailable("TransactWriteItems")(error));
            }
            self.pause(attempt + 1).await;
        }
        Err(StoreError::Contended)
    }

    /// Full jitter: anywhere between nothing and a bound that doubles.
    pub(crate) async fn pause(&self, attempt: u32) {
        let bound = Duration::from_millis(5)
            .saturating_mul(1 << attempt.min(8))
            .min(LONGEST_WAIT);
        tokio::time::sleep(bound.mul_f64(self.world.fraction())).await;
    }
}
