//! What happened in a time, as far back as it takes to know how that time began.

use jiff::Timestamp;
use kabar_domain::{
    ids::RegionId,
    power::{Cut, Outage, Place, Transition},
};
use serde::de::DeserializeOwned;

use super::{Grid, history_items::TransitionItem, items::OutageItem};
use crate::{Result, db::s, instant::digits, keys};

/// How many rows are read at a time.
const ROWS: i32 = 100;

impl Grid {
    /// The outages of a region that have a part in a time, the oldest first; one read, if they are fewer than a hundred.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn outages_in_time(&self, region: RegionId, time: &Cut) -> Result<Vec<Outage>> {
        let began = |row: &OutageItem| Timestamp::from(row.started_at);
        let rows = self.back_to(region, keys::OUTAGE, time, began).await?;
        let mut outages = rows
            .into_iter()
            .map(Outage::try_from)
            .collect::<Result<Vec<_>>>()?;
        outages.retain(|outage| outage.ended_at.is_none_or(|end| end > time.start));
        Ok(outages)
    }

    /// The transitions of a region in a time and the last one before it, the oldest first; one read, if they are fewer
    /// than a hundred.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn transitions_in(&self, region: RegionId, time: &Cut) -> Result<Vec<Transition>> {
        let turned = |row: &TransitionItem| Timestamp::from(row.at);
        let rows = self.back_to(region, keys::TRANSITION, time, turned).await?;
        let place = Place::Region(region);
        rows.iter().map(|row| row.read(place)).collect()
    }

    /// Rows of a region's history from the end of a time back to the first one that is not after its start, the oldest
    /// first.
    async fn back_to<T: DeserializeOwned>(
        &self,
        region: RegionId,
        of: &str,
        time: &Cut,
        at: impl Fn(&T) -> Timestamp,
    ) -> Result<Vec<T>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :region AND sk BETWEEN :first AND :end")
            .expression_attribute_values(":region", s(keys::region(region).pk))
            .expression_attribute_values(":first", s(of))
            .expression_attribute_values(":end", s(format!("{of}{}", digits(time.end))))
            .scan_index_forward(false)
            .limit(ROWS);
        let mut found: Vec<T> = Vec::new();
        let mut start = None;
        loop {
            let (rows, next) = self.0.part(query.clone().set_exclusive_start_key(start)).await?;
            found.extend(rows);
            start = next;
            let is_far_enough = found.last().is_some_and(|row| at(row) <= time.start);
            if is_far_enough || start.is_none() {
                found.reverse();
                return Ok(found);
            }
        }
    }
}
