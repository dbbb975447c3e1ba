//! The few shapes of write that transactions are made of.

use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete, Put, TransactWriteItem, Update,
    builders::{ConditionCheckBuilder, UpdateBuilder},
};

use crate::{
    Result, StoreError,
    db::{Db, Item, n},
    keys::Key,
};

impl Db {
    /// Writes an item, whatever was there.
    pub(crate) fn put(&self, item: Item) -> Result<TransactWriteItem> {
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        Ok(TransactWriteItem::builder()
            .put(put.build().map_err(StoreError::unreadable)?)
            .build())
    }

    /// Writes an item that is not there yet.
    pub(crate) fn put_new(&self, item: Item) -> Result<TransactWriteItem> {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)");
        Ok(TransactWriteItem::builder()
            .put(put.build().map_err(StoreError::unreadable)?)
            .build())
    }

    /// Writes an item that is not there yet, and leaves one that is there as it is: either way it is there then.
    pub(crate) fn put_unless_there(&self, key: Key, item: Item) -> Result<TransactWriteItem> {
        let mut update = self.update(key.clone());
        let mut set = Vec::new();
        let keys = key.attributes();
        let own = item.into_iter().filter(|(name, _)| !keys.contains_key(name));
        for (i, (name, value)) in own.enumerate() {
            set.push(format!("#a{i} = if_not_exists(#a{i}, :a{i})"));
            update = update
                .expression_attribute_names(format!("#a{i}"), name)
                .expression_attribute_values(format!(":a{i}"), value);
        }
        updated(update.update_expression(format!("SET {}", set.join(", "))))
    }

    /// Replaces an item that still is the version that was read.
    pub(crate) fn replace(&self, item: Item, version: u64) -> Result<TransactWriteItem> {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("version = :version")
            .expression_attribute_values(":version", n(version));
        Ok(TransactWriteItem::builder()
            .put(put.build().map_err(StoreError::unreadable)?)
            .build())
    }

    /// Deletes an item, if it is there.
    pub(crate) fn delete(&self, key: Key) -> Result<TransactWriteItem> {
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(key.attributes()));
        Ok(TransactWriteItem::builder()
            .delete(delete.build().map_err(StoreError::unreadable)?)
            .build())
    }

    /// Deletes an item that has to be there.
    pub(crate) fn delete_there(&self, key: Key) -> Result<TransactWriteItem> {
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .condition_expression("attribute_exists(pk)");
        Ok(TransactWriteItem::builder()
            .delete(delete.build().map_err(StoreError::unreadable)?)
            .build())
    }

    /// Deletes an item that still is the version that was read.
    pub(crate) fn delete_version(&self, key: Key, version: u64) -> Result<TransactWriteItem> {
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .condition_expression("version = :version")
            .expression_attribute_values(":version", n(version));
        Ok(TransactWriteItem::builder()
            .delete(delete.build().map_err(StoreError::unreadable)?)
            .build())
    }

    /// Holds the transaction to an item's still being the version that was read.
    pub(crate) fn check_version(&self, key: Key, version: u64) -> Result<TransactWriteItem> {
        checked(
            self.check(key)
                .condition_expression("version = :version")
                .expression_attribute_values(":version", n(version)),
        )
    }

    /// The start of a check.
    pub(crate) fn check(&self, key: Key) -> ConditionCheckBuilder {
        ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
    }

    /// Holds the transaction to an item's being there.
    pub(crate) fn check_there(&self, key: Key) -> Result<TransactWriteItem> {
        checked(self.check(key).condition_expression("attribute_exists(pk)"))
    }

    /// Holds the transaction to an item's not being there.
    pub(crate) fn check_absent(&self, key: Key) -> Result<TransactWriteItem> {
        checked(self.check(key).condition_expression("attribute_not_exists(pk)"))
    }

    /// The start of an update.
    pub(crate) fn update(&self, key: Key) -> UpdateBuilder {
        Update::builder()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
    }
}

/// An update as a part of a transaction.
pub(crate) fn updated(update: UpdateBuilder) -> Result<TransactWriteItem> {
    Ok(TransactWriteItem::builder()
        .update(update.build().map_err(StoreError::unreadable)?)
        .build())
}

/// A check as a part of a transaction.
pub(crate) fn checked(check: ConditionCheckBuilder) -> Result<TransactWriteItem> {
    Ok(TransactWriteItem::builder()
        .condition_check(check.build().map_err(StoreError::unreadable)?)
        .build())
}
