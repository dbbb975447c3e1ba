use aws_sdk_dynamodb::{
    error::ProvideErrorMetadata,
    operation::update_item::UpdateItemError,
    types::{ReturnValue, ReturnValuesOnConditionCheckFailure},
};
use jiff::Timestamp;
use kabar_domain::{
    ids::{DetectorId, HomeId},
    power::Says,
};

use super::{Grid, beat_items::BeatItem};
use crate::{
    Result, StoreError,
    db::{TRANSACTION_TRIES, n, read, s},
    keys,
};

/// What a device calls with, as the store knows it.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// The home.
    pub home: HomeId,
    /// The detector.
    pub detector: DetectorId,
    /// The hash of the secret.
    pub hash: &'a str,
}

/// What came of a beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beaten {
    /// It is stored, or a later one is.
    Stored {
        /// Whether the home is not known to have power, and waits for beats.
        is_awaited: bool,
    },
    /// No device has this key.
    NoKey,
}

impl Grid {
    /// Stores what a device says: one write unit, in no index. What came out of order moves no time back.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn beat(&self, key: &Key<'_>, says: Says, now: Timestamp) -> Result<Beaten> {
        let streak = match says {
            Says::Alive | Says::On => {
                "SET #at = :now, says = :says, on_since = if_not_exists(on_since, :now)"
            }
            Says::Off => "SET #at = :now, says = :says REMOVE on_since",
        };
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::beat(key.home, key.detector).attributes()))
            .update_expression(streak)
            .condition_expression("key_hash = :hash AND (attribute_not_exists(#at) OR #at <= :now)")
            .expression_attribute_names("#at", "at")
            .expression_attribute_values(":hash", s(key.hash))
            .expression_attribute_values(":now", n(now.as_millisecond()))
            .expression_attribute_values(":says", s(says.name()))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        for attempt in 1..=TRANSACTION_TRIES {
            let found = match update.clone().send().await {
                Ok(answer) => answer.attributes,
                // A check is writing to it this moment.
                Err(error) if error.code() == Some("TransactionConflictException") => {
                    self.0.pause(attempt).await;
                    continue;
                }
                Err(error) => match error.as_service_error() {
                    Some(UpdateItemError::ConditionalCheckFailedException(refused)) => refused.item.clone(),
                    _ => return Err(StoreError::unavailable("UpdateItem")(error)),
                },
            };
            let found: Option<BeatItem> = found.map(read).transpose()?;
            let found = found.filter(|item| item.key_hash.as_deref() == Some(key.hash));
            return Ok(found.map_or(Beaten::NoKey, |item| Beaten::Stored {
                is_awaited: item.is_awaited,
            }));
        }
        Err(StoreError::Contended)
    }

    /// Has the check look at a home now. What it has read of the home until now, it does not write.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn wake(&self, home: HomeId, now: Timestamp) -> Result<()> {
        let key = keys::home(home);
        let (shard, time) = keys::due(now, &key);
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(key.attributes()))
            .update_expression("SET due_pk = :shard, due_sk = :time ADD woken :one")
            .condition_expression("attribute_exists(list_pk)")
            .expression_attribute_values(":shard", s(shard))
            .expression_attribute_values(":time", s(time))
            .expression_attribute_values(":one", n(1));
        // A home that is gone needs no check.
        self.0.updated(update).await.map(drop)
    }
}
