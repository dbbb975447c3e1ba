use jiff::Timestamp;
use kabar_domain::{
    ids::{PlannedCutId, RegionId},
    power::{LONGEST_PLANNED, PlannedCut},
};

use super::{Grid, planned_item::PlannedItem};
use crate::{List, Result, Window, db::s, instant::digits, keys};

/// How many cuts are read at a time by whoever looks for one.
const FEW: i32 = 25;

/// Where a planned cut is found, until it is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedKey {
    /// Where it is planned.
    pub region: RegionId,
    /// From when on.
    pub start: Timestamp,
    /// Which.
    pub id: PlannedCutId,
}

impl From<&PlannedCut> for PlannedKey {
    fn from(cut: &PlannedCut) -> Self {
        Self {
            region: cut.region,
            start: cut.time.start,
            id: cut.id,
        }
    }
}

/// Which planned cuts of a region are asked for. Times are those of the start: `from` inclusive, `to` exclusive.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlannedFilter {
    /// Starts at or after.
    pub from: Option<Timestamp>,
    /// Starts before.
    pub to: Option<Timestamp>,
}

impl Grid {
    /// A planned cut, if it still begins then; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn planned_cut(&self, at: PlannedKey) -> Result<Option<PlannedCut>> {
        let found: Option<PlannedItem> = self.0.get(keys::planned(at.region, at.start, at.id)).await?;
        found.map(PlannedCut::try_from).transpose()
    }

    /// Planned cuts of a region, those that begin last first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn planned_cuts(
        &self,
        region: RegionId,
        filter: &PlannedFilter,
        window: &Window,
    ) -> Result<List<PlannedCut>> {
        let from = digits(filter.from.unwrap_or(Timestamp::UNIX_EPOCH));
        // A sort key is a time, `#` and an id: `!` comes before `#`, so a bare time sorts before its own cuts.
        let to = filter
            .to
            .map_or_else(|| "~".to_owned(), |to| format!("{}!", digits(to)));
        let to = window
            .after
            .as_ref()
            .map_or(to.clone(), |after| to.min(format!("{after}!")));
        if to < from {
            return Ok(List {
                entries: Vec::new(),
                next: None,
            });
        }
        let limit = usize::from(window.limit);
        // One more says that the list goes on, and the one that was seen last is read again.
        let query = self
            .planned_between(region, &from, &to)
            .scan_index_forward(false)
            .limit(i32::from(window.limit) + 2);
        let mut rows: Vec<PlannedItem> = self.0.rows(query).await?;
        let seen = window
            .after
            .as_ref()
            .map(|after| format!("{}{after}", keys::PLANNED));
        rows.retain(|row| Some(&row.sk) != seen.as_ref());
        let goes_on = rows.len() > limit;
        let entries = rows.into_iter().take(limit).map(PlannedCut::try_from);
        let entries: Vec<PlannedCut> = entries.collect::<Result<_>>()?;
        let next = entries
            .last()
            .filter(|_| goes_on)
            .map(|cut| keys::planned_at(cut.time.start, cut.id));
        Ok(List { entries, next })
    }

    /// The planned cuts of a region that begin first at or after `from`; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn first_planned(
        &self,
        region: RegionId,
        from: Timestamp,
        limit: u16,
    ) -> Result<Vec<PlannedCut>> {
        let query = self
            .planned_between(region, &digits(from), "~")
            .limit(limit.into());
        let rows: Vec<PlannedItem> = self.0.rows(query).await?;
        rows.into_iter().map(PlannedCut::try_from).collect()
    }

    /// All planned cuts of a region that begin at or after `from`, as the last write left them, the first one first.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn planned_from(&self, region: RegionId, from: Timestamp) -> Result<Vec<PlannedCut>> {
        let query = self
            .planned_between(region, &digits(from), "~")
            .consistent_read(true);
        let rows: Vec<PlannedItem> = self.0.all_rows(query).await?;
        rows.into_iter().map(PlannedCut::try_from).collect()
    }

    /// The first cut of a region that is planned and not over: one read, but for those that are over or cancelled.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn next_planned(&self, region: RegionId, now: Timestamp) -> Result<Option<PlannedCut>> {
        let from = now.saturating_sub(LONGEST_PLANNED).unwrap_or(Timestamp::MIN);
        let mut from = digits(from);
        loop {
            let query = self
                .planned_between(region, &from, "~")
                .consistent_read(true)
                .limit(FEW);
            let rows: Vec<PlannedItem> = self.0.rows(query).await?;
            let Some(last) = rows.last() else { return Ok(None) };
            // `!` comes right after the end of it.
            from = format!("{}!", last.sk.trim_start_matches(keys::PLANNED));
            for row in rows {
                let cut = PlannedCut::try_from(row)?;
                if !cut.is_cancelled && !cut.is_over(now) {
                    return Ok(Some(cut));
                }
            }
        }
    }

    fn planned_between(
        &self,
        region: RegionId,
        from: &str,
        to: &str,
    ) -> aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder {
        self.0
            .query()
            .key_condition_expression("pk = :region AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":region", s(keys::region(region).pk))
            .expression_attribute_values(":from", s(format!("{}{from}", keys::PLANNED)))
            .expression_attribute_values(":to", s(format!("{}{to}", keys::PLANNED)))
    }
}
