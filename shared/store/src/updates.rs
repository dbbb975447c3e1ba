//! Updates of one item that transactions write to or hold to as well.

use aws_sdk_dynamodb::{
    error::ProvideErrorMetadata,
    operation::update_item::{UpdateItemOutput, builders::UpdateItemFluentBuilder},
};

use crate::{
    Result, StoreError,
    db::{Db, TRANSACTION_TRIES, condition},
};

impl Db {
    /// Updates an item. Meeting a transaction on it is tried again, which the SDK does not do; nothing if the condition
    /// did not hold.
    pub(crate) async fn updated(&self, update: UpdateItemFluentBuilder) -> Result<Option<UpdateItemOutput>> {
        for attempt in 0..TRANSACTION_TRIES {
            match update.clone().send().await {
                Ok(answer) => return Ok(Some(answer)),
                Err(error) if error.code() == Some("TransactionConflictException") => {
                    self.pause(attempt + 1).await;
                }
                refused => return condition("UpdateItem", refused).map(|_| None),
            }
        }
        Err(StoreError::Contended)
    }
}
