use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use jiff::Timestamp;
use kabar_domain::{
    ids::{HomeId, RegionId},
    news::Notice,
    power::{Outage, OutageKey, Power, Region},
};

use super::{
    Grid, PlannedKey, Turned,
    items::{OutageItem, RegionItem},
};
use crate::{
    Result, StoreError,
    db::{Transaction, item, n, s},
    keys,
    notices::Notices,
    writes::updated,
};

/// What a check has to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// A home.
    Home(HomeId),
    /// A region.
    Region(RegionId),
    /// A planned cut.
    Planned(PlannedKey),
}

/// What a check finds under a region's id.
#[derive(Debug)]
pub enum Checked {
    /// A region to decide on.
    Region(Box<Region>),
    /// A region that was removed; what hangs on it is still there.
    Removed(RegionId),
    /// Nothing any more.
    Gone,
}

impl Grid {
    /// What a check has to look at by `time`, in one shard, at most `limit`.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn due(&self, shard: u8, time: Timestamp, limit: u16) -> Result<Vec<Due>> {
        let due = self.0.due(shard, time, limit).await?;
        let read = |key: &keys::Key| {
            if let Some(home) = keys::home_of(&key.pk) {
                return Some(Due::Home(home));
            }
            let region = keys::region_of(&key.pk)?;
            Some(match keys::planned_of(&key.sk) {
                Some((start, id)) => Due::Planned(PlannedKey { region, start, id }),
                None => Due::Region(region),
            })
        };
        Ok(due.iter().filter_map(read).collect())
    }

    /// What there is to check under this id.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn checked(&self, id: RegionId) -> Result<Checked> {
        let found: Option<RegionItem> = self.0.get(keys::region(id)).await?;
        Ok(match found {
            None => Checked::Gone,
            Some(item) if item.list_pk.is_none() => Checked::Removed(id),
            Some(item) => Checked::Region(Box::new(item.try_into()?)),
        })
    }

    /// Writes what a check decided when there is nothing to tell. `false`: the region changed meanwhile.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn settle(
        &self,
        region: &Region,
        status: Power,
        since: Timestamp,
        turned: Option<&Turned<'_>>,
    ) -> Result<bool> {
        let update = self
            .update_region(region)
            .update_expression(
                "SET #status = :status, since = :since, version = version + :one REMOVE due_pk, due_sk",
            )
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":status", s(status.name()))
            .expression_attribute_values(":since", n(since.as_millisecond()))
            .build()
            .map_err(StoreError::unreadable)?;
        let mut writes = vec![TransactWriteItem::builder().update(update).build()];
        if let Some(turned) = turned {
            writes.extend(self.put_history(turned, region.version + 1)?);
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Opens an outage together with the notice that tells of it. `false`: the region changed meanwhile.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn open_outage(
        &self,
        region: &Region,
        outage: &Outage,
        turned: &Turned<'_>,
        notices: &Notices,
        notice: &Notice,
    ) -> Result<bool> {
        let update = self.turn(region, Power::Off, outage.key.started_at, Some(outage))?;
        let mut writes = vec![
            update,
            self.0.put_new(item(&OutageItem::from(outage))?)?,
            notices.put(notice)?,
        ];
        writes.extend(self.put_history(turned, region.version + 1)?);
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Closes an outage together with the notice that tells of it. `false`: the region changed meanwhile.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn close_outage(
        &self,
        region: &Region,
        ended_at: Timestamp,
        turned: &Turned<'_>,
        notices: &Notices,
        notice: &Notice,
    ) -> Result<bool> {
        let Some(open) = region.outage else {
            return Ok(false);
        };
        let update = self.turn(region, Power::On, ended_at, None)?;
        let mut writes = vec![
            update,
            self.end_outage(open, ended_at, notice)?,
            notices.put(notice)?,
        ];
        writes.extend(self.put_history(turned, region.version + 1)?);
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// The end of an outage that is open.
    pub(super) fn end_outage(
        &self,
        open: OutageKey,
        ended_at: Timestamp,
        notice: &Notice,
    ) -> Result<TransactWriteItem> {
        let close = self
            .0
            .update(keys::outage(open))
            .update_expression("SET ended_at = :end, restored_notice = :notice, list_pk = :closed")
            .condition_expression("list_pk = :open")
            .expression_attribute_values(":end", n(ended_at.as_millisecond()))
            .expression_attribute_values(":notice", s(notice.id.to_string()))
            .expression_attribute_values(":open", s(keys::outages(open.place, true)))
            .expression_attribute_values(":closed", s(keys::outages(open.place, false)));
        updated(close)
    }

    fn turn(
        &self,
        region: &Region,
        status: Power,
        since: Timestamp,
        outage: Option<&Outage>,
    ) -> Result<TransactWriteItem> {
        let null = || AttributeValue::Null(true);
        let update = self
            .update_region(region)
            .update_expression(
                "SET #status = :status, since = :since, outage_id = :outage, outage_started_at = :started, \
                 version = version + :one REMOVE due_pk, due_sk",
            )
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":status", s(status.name()))
            .expression_attribute_values(":since", n(since.as_millisecond()))
            .expression_attribute_values(":outage", outage.map_or_else(null, |o| s(o.key.id.to_string())))
            .expression_attribute_values(
                ":started",
                outage.map_or_else(null, |o| n(o.key.started_at.as_millisecond())),
            )
            .build()
            .map_err(StoreError::unreadable)?;
        Ok(TransactWriteItem::builder().update(update).build())
    }
}
