//! Many items at once. What a table leaves undone of a batch, it is asked for again.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{
    DeleteRequest, KeysAndAttributes, WriteRequest, builders::KeysAndAttributesBuilder,
};
use serde::de::DeserializeOwned;

use crate::{
    Result, StoreError,
    db::{Db, Item, TRANSACTION_TRIES, read},
    keys::Key,
};

/// The most keys that a `BatchGetItem` takes.
const MOST_READ: usize = 100;
/// The most requests that a `BatchWriteItem` takes.
const MOST_WRITTEN: usize = 25;

impl Db {
    /// Several items, in no order; those that are not there are left out. No key may be asked for twice. For twice the
    /// units as the last writes left them, if that `is_vital`.
    pub(crate) async fn get_many<T: DeserializeOwned>(
        &self,
        keys: Vec<Key>,
        is_vital: bool,
    ) -> Result<Vec<T>> {
        let whole = KeysAndAttributes::builder().consistent_read(is_vital);
        self.get_parts(keys, whole).await
    }

    /// The same, read as `how` says.
    pub(crate) async fn get_parts<T: DeserializeOwned>(
        &self,
        keys: Vec<Key>,
        how: KeysAndAttributesBuilder,
    ) -> Result<Vec<T>> {
        let mut found = Vec::with_capacity(keys.len());
        for batch in keys.chunks(MOST_READ) {
            let mut pending: Vec<Item> = batch.iter().cloned().map(Key::attributes).collect();
            let mut tries = 0;
            while !pending.is_empty() {
                self.wait_to_ask_again(&mut tries).await?;
                let ask = how.clone().set_keys(Some(pending)).build();
                let answer = self
                    .client
                    .batch_get_item()
                    .request_items(&self.table, ask.map_err(StoreError::unreadable)?)
                    .send()
                    .await
                    .map_err(StoreError::unavailable("BatchGetItem"))?;
                let items = answer.responses.into_iter().flat_map(HashMap::into_values);
                for item in items.flatten() {
                    found.push(read(item)?);
                }
                let left = answer.unprocessed_keys.into_iter().flat_map(HashMap::into_values);
                pending = left.flat_map(|left| left.keys).collect();
            }
        }
        Ok(found)
    }

    /// Deletes items, those that are there.
    pub(crate) async fn delete_all(&self, keys: Vec<Key>) -> Result<()> {
        for batch in keys.chunks(MOST_WRITTEN) {
            let requests = batch.iter().cloned().map(|key| {
                let delete = DeleteRequest::builder().set_key(Some(key.attributes())).build();
                delete.map(|delete| WriteRequest::builder().delete_request(delete).build())
            });
            let requests: std::result::Result<Vec<_>, _> = requests.collect();
            let mut pending = requests.map_err(StoreError::unreadable)?;
            let mut tries = 0;
            while !pending.is_empty() {
                self.wait_to_ask_again(&mut tries).await?;
                let answer = self
                    .client
                    .batch_write_item()
                    .request_items(&self.table, pending)
                    .send()
                    .await
                    .map_err(StoreError::unavailable("BatchWriteItem"))?;
                let left = answer
                    .unprocessed_items
                    .into_iter()
                    .flat_map(HashMap::into_values);
                pending = left.flatten().collect();
            }
        }
        Ok(())
    }

    /// Nothing before the first try, longer before each that follows.
    async fn wait_to_ask_again(&self, tries: &mut u32) -> Result<()> {
        if *tries == TRANSACTION_TRIES {
            return Err(StoreError::Contended);
        }
        if *tries > 0 {
            self.pause(*tries).await;
        }
        *tries += 1;
        Ok(())
    }
}
