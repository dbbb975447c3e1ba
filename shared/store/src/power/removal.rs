use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    ids::{RegionId, UserId},
    power::Region,
};
use serde::Deserialize;

use super::{Grid, RegionWrite};
use crate::{
    Result, StoreError,
    db::{Transaction, n, s},
    keys,
    keys::Key,
};

#[derive(Deserialize)]
struct Found {
    pk: String,
    sk: String,
}

impl Grid {
    /// Removes a region from sight, if it is still the version that was read and has no regions below it and no homes.
    /// What hangs on it is cleared away by the checks that follow.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_region(&self, region: &Region, now: Timestamp) -> Result<RegionWrite> {
        let (shard, time) = keys::due(now, &keys::region(region.id));
        let hide = self
            .update_region(region)
            .condition_expression(
                "version = :version AND attribute_exists(list_pk) AND children = :none \
                 AND homes_on = :none AND homes_off = :none AND homes_unknown = :none",
            )
            .update_expression(
                "SET due_pk = :shard, due_sk = :time, version = version + :one REMOVE list_pk, list_sk",
            )
            .expression_attribute_values(":shard", s(shard))
            .expression_attribute_values(":time", s(time))
            .expression_attribute_values(":none", n(0))
            .build()
            .map_err(StoreError::unreadable)?;
        let mut writes = vec![TransactWriteItem::builder().update(hide).build()];
        if let Some(parent) = region.parent {
            writes.push(self.count_children(parent, -1, None)?);
        }
        let is_written = self.0.transact(writes).await? == Transaction::Written;
        Ok(if is_written {
            RegionWrite::Written
        } else {
            RegionWrite::Stale
        })
    }

    /// Clears away up to a few hundred items of a removed region, and at last the region. `true`: all is gone.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn clear_away(&self, region: RegionId) -> Result<bool> {
        let followers = self.keys_in(&keys::followers(region), 200).await?;
        if !followers.is_empty() {
            let both_sides = followers.into_iter().flat_map(|row| {
                let user = keys::follower_of(&row.sk).map(|(_, _, user)| user);
                let mine = user.map(|user| keys::following(user, region));
                [Some(row), mine].into_iter().flatten()
            });
            self.0.delete_all(both_sides.collect()).await?;
            return Ok(false);
        }
        let heard = self.keys_in(&keys::heard_in(region), 200).await?;
        if !heard.is_empty() {
            self.0.delete_all(heard).await?;
            return Ok(false);
        }
        let mut chats = self.keys_in(&keys::covered(Some(region)), 200).await?;
        for row in self.keys_in(&keys::telegram_followers(region), 200).await? {
            chats.extend(UserId::parse(&row.sk).map(|user| keys::following(user, region)));
            chats.push(row);
        }
        if !chats.is_empty() {
            self.0.delete_all(chats).await?;
            return Ok(false);
        }
        let mut own = self.keys_in(&keys::region(region).pk, 200).await?;
        own.retain(|key| *key != keys::region(region));
        if !own.is_empty() {
            self.0.delete_all(own).await?;
            return Ok(false);
        }
        self.0.delete_all(vec![keys::region(region)]).await?;
        Ok(true)
    }

    pub(super) async fn keys_in(&self, pk: &str, limit: i32) -> Result<Vec<Key>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s(pk))
            .projection_expression("pk, sk")
            .consistent_read(true)
            .limit(limit);
        let found: Vec<Found> = self.0.rows(query).await?;
        Ok(found.into_iter().map(|Found { pk, sk }| Key { pk, sk }).collect())
    }
}
