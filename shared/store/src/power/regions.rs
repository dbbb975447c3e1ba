use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, TransactWriteItem, Update};
use kabar_domain::{ids::RegionId, power::Region};

use super::{Grid, items::RegionItem};
use crate::{
    List, Result, StoreError, Window,
    db::{Transaction, condition, item, n, s},
    keys,
};

/// What came of writing a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionWrite {
    /// It is as asked.
    Written,
    /// The region changed since it was read, or is gone.
    Stale,
    /// The parent is gone, or the tree around it changed.
    NoParent,
}

impl Grid {
    /// Adds a region. Adding the very same one again is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_region(&self, region: &Region) -> Result<RegionWrite> {
        let mut writes = vec![self.0.put_new(item(&RegionItem::from(region))?)?];
        if let Some(parent) = region.parent {
            writes.push(self.count_children(parent, 1, None)?);
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Refused(failed) if failed.contains(&1) => RegionWrite::NoParent,
            // Only the region itself was refused: an earlier try of the same request added it.
            Transaction::Written | Transaction::Refused(_) => RegionWrite::Written,
        })
    }

    /// A region; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn region(&self, id: RegionId) -> Result<Option<Region>> {
        let found: Option<RegionItem> = self.0.get(keys::region(id)).await?;
        found
            .filter(|item| item.list_pk.is_some())
            .map(Region::try_from)
            .transpose()
    }

    /// Regions, the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn regions(&self, window: &Window) -> Result<List<Region>> {
        let key_of = |sort: &str| Some(keys::region(RegionId::parse(sort)?));
        let listed = self
            .0
            .list(keys::REGIONS, window, key_of, |item: &RegionItem| item.id.clone())
            .await?;
        let entries = listed
            .entries
            .into_iter()
            .map(Region::try_from)
            .collect::<Result<_>>()?;
        Ok(List {
            entries,
            next: listed.next,
        })
    }

    /// Writes a region's name, zone and parent, if it is still the version that was read.
    ///
    /// `above` are the regions over the new parent with their own parents, from the new parent up, as they were
    /// read: the tree must still be so, or two moves at once could make a circle.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn change_region(
        &self,
        before: &Region,
        after: &Region,
        above: &[(RegionId, Option<RegionId>)],
    ) -> Result<RegionWrite> {
        let change = self
            .update_region(before)
            .update_expression(
                "SET #name = :name, time_zone = :zone, parent = :parent, version = version + :one",
            )
            .expression_attribute_names("#name", "name")
            .expression_attribute_values(":name", s(&after.name))
            .expression_attribute_values(":zone", s(after.zone.name()))
            .expression_attribute_values(":parent", parent_value(after.parent))
            .build()
            .map_err(StoreError::unreadable)?;
        let mut writes = vec![TransactWriteItem::builder().update(change).build()];
        if before.parent != after.parent {
            for (i, &(region, parent)) in above.iter().enumerate() {
                // A transaction names an item once: a region that gains or loses a child is checked in that write.
                writes.push(match i {
                    0 => self.count_children(region, 1, Some(parent))?,
                    _ if Some(region) == before.parent => self.count_children(region, -1, Some(parent))?,
                    _ => self.check_parent(region, parent)?,
                });
            }
            if let Some(old) = before
                .parent
                .filter(|old| above.iter().all(|(region, _)| region != old))
            {
                writes.push(self.count_children(old, -1, None)?);
            }
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => RegionWrite::Written,
            Transaction::Refused(failed) if failed.contains(&0) => RegionWrite::Stale,
            Transaction::Refused(_) => RegionWrite::NoParent,
        })
    }

    /// Writes the operator's word and has the region looked at by the next check.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn say(&self, before: &Region, after: &Region) -> Result<RegionWrite> {
        let (shard, time) = keys::due(after.word_at, &keys::region(after.id));
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::region(before.id).attributes()))
            .update_expression(
                "SET word = :word, word_at = :at, due_pk = :shard, due_sk = :time, version = version + :one",
            )
            .condition_expression("version = :version AND attribute_exists(list_pk)")
            .expression_attribute_values(":word", s(after.word.name()))
            .expression_attribute_values(":at", n(after.word_at.as_millisecond()))
            .expression_attribute_values(":shard", s(shard))
            .expression_attribute_values(":time", s(time))
            .expression_attribute_values(":version", n(before.version))
            .expression_attribute_values(":one", n(1));
        let is_written = condition("UpdateItem", update.send().await)?;
        Ok(if is_written {
            RegionWrite::Written
        } else {
            RegionWrite::Stale
        })
    }

    /// The start of a write to a region that must still be the version that was read.
    pub(super) fn update_region(&self, read: &Region) -> aws_sdk_dynamodb::types::builders::UpdateBuilder {
        Update::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::region(read.id).attributes()))
            .condition_expression("version = :version AND attribute_exists(list_pk)")
            .expression_attribute_values(":version", n(read.version))
            .expression_attribute_values(":one", n(1))
    }

    pub(super) fn count_children(
        &self,
        region: RegionId,
        by: i8,
        its_parent: Option<Option<RegionId>>,
    ) -> Result<TransactWriteItem> {
        let update = Update::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::region(region).attributes()))
            .update_expression("ADD children :by")
            .expression_attribute_values(":by", n(by));
        let update = match its_parent {
            None => update.condition_expression("attribute_exists(list_pk)"),
            Some(parent) => update
                .condition_expression("attribute_exists(list_pk) AND parent = :parent")
                .expression_attribute_values(":parent", parent_value(parent)),
        };
        Ok(TransactWriteItem::builder()
            .update(update.build().map_err(StoreError::unreadable)?)
            .build())
    }

    fn check_parent(&self, region: RegionId, parent: Option<RegionId>) -> Result<TransactWriteItem> {
        let check = ConditionCheck::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::region(region).attributes()))
            .condition_expression("parent = :parent")
            .expression_attribute_values(":parent", parent_value(parent))
            .build()
            .map_err(StoreError::unreadable)?;
        Ok(TransactWriteItem::builder().condition_check(check).build())
    }
}

fn parent_value(parent: Option<RegionId>) -> AttributeValue {
    parent.map_or(AttributeValue::Null(true), |parent| s(parent.to_string()))
}
