use aws_sdk_dynamodb::types::{TransactWriteItem, builders::UpdateBuilder};
use jiff::Timestamp;
use kabar_domain::{
    ids::RegionId,
    power::{Home, Power},
};

use super::{Grid, HomeWrite, home_items::HomeItem};
use crate::{
    Result,
    db::{Transaction, item, n, s},
    keys,
    keys::Key,
    writes::updated,
};

impl Grid {
    /// A write of a home that must still be the version that was read. A check looks at it at once: whatever was
    /// changed may change what is known of it.
    pub(super) fn put_home(&self, before: &Home, after: &Home, now: Timestamp) -> Result<TransactWriteItem> {
        let after = Home {
            version: before.version + 1,
            woken: before.woken + 1,
            ..after.clone()
        };
        self.0
            .replace(item(&HomeItem::of(&after, Some(now)))?, before.version)
    }

    /// Takes a home that was one thing and is another since then into its region's count, and has the region looked at if
    /// that may decide something.
    pub(super) fn count_homes(
        &self,
        region: RegionId,
        from: Option<Power>,
        to: Option<Power>,
        since: Timestamp,
    ) -> UpdateBuilder {
        let key = keys::region(region);
        let (shard, time) = keys::due(since, &key);
        let mut changes = Vec::new();
        let mut update = self
            .0
            .update(key)
            .condition_expression("attribute_exists(list_pk)");
        for (power, by) in [(from, -1), (to, 1)] {
            let Some(power) = power else { continue };
            let name = format!(":{}", power.name());
            changes.push(format!("homes_{} {name}", power.name()));
            update = update.expression_attribute_values(name, n(by));
        }
        let is_news = [from, to].iter().flatten().any(|power| *power != Power::Unknown);
        let mut expression = format!("ADD {}, version :one", changes.join(", "));
        if is_news {
            expression.push_str(" SET homes_at = :since, due_pk = :shard, due_sk = :time");
            update = update
                .expression_attribute_values(":since", n(since.as_millisecond()))
                .expression_attribute_values(":shard", s(shard))
                .expression_attribute_values(":time", s(time));
        }
        update
            .update_expression(expression)
            .expression_attribute_values(":one", n(1))
    }

    /// Writes what an owner changed of a home, if it is still the version that was read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn change_home(&self, before: &Home, after: &Home, now: Timestamp) -> Result<HomeWrite> {
        let mut writes = vec![self.put_home(before, after, now)?];
        writes.extend(self.forget_targets(before, after)?);
        if before.region != after.region {
            writes.extend([
                updated(self.count_homes(after.region, None, Some(before.status), now))?,
                updated(self.count_homes(before.region, Some(before.status), None, now))?,
                self.0.put(keys::home_in(after.region, after.id).attributes())?,
                self.0.delete(keys::home_in(before.region, before.id))?,
            ]);
            writes.extend(self.end_hearing_here(before, now).await?);
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => HomeWrite::Written,
            Transaction::Refused(failed) if failed.contains(&0) => HomeWrite::Stale,
            Transaction::Refused(_) => HomeWrite::NoRegion,
        })
    }

    /// Removes a home from sight, with all that leads to it and what its devices call with, if it is still the version that
    /// was read. Its history is cleared away by the checks that follow.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_home(&self, home: &Home, now: Timestamp) -> Result<HomeWrite> {
        let key = keys::home(home.id);
        let (shard, time) = keys::due(now, &key);
        let hide = self
            .0
            .update(key)
            .update_expression(
                "SET due_pk = :shard, due_sk = :time, version = version + :one REMOVE list_pk, list_sk",
            )
            .condition_expression("version = :version AND attribute_exists(list_pk)")
            .expression_attribute_values(":shard", s(shard))
            .expression_attribute_values(":time", s(time))
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":version", n(home.version));
        let mut writes = vec![
            updated(hide)?,
            updated(self.count_homes(home.region, Some(home.status), None, now))?,
            self.0.delete(keys::home_in(home.region, home.id))?,
        ];
        let rows = home.people().map(|user| keys::home_of_person(user, home.id));
        let beats = home.detectors.iter().map(|one| keys::beat(home.id, one.id));
        for row in rows.chain(beats).collect::<Vec<Key>>() {
            writes.push(self.0.delete(row)?);
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => HomeWrite::Written,
            Transaction::Refused(_) => HomeWrite::Stale,
        })
    }
}
