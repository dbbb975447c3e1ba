use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use jiff::{Timestamp, civil::Date};
use kabar_domain::{
    ids::RegionId,
    power::{Interruption, Interruptions, Kept, Place},
};
use serde::Deserialize;

use super::{
    Grid,
    history_items::{COUNTERS, counter, days, read_month},
};
use crate::{
    Result, StoreError,
    db::{item, n, s},
    keys,
    keys::Key,
    writes::updated,
};

/// How long the interruptions of an hour are kept beside those of its day, in seconds: two days, for a day of statistics.
const HOUR_KEPT_S: i64 = 2 * 24 * 3_600;

/// What is kept of an hour.
#[derive(Default, Deserialize)]
#[serde(default)]
struct HourItem {
    sk: String,
    sustained: u64,
    seconds: u64,
    momentary: u64,
}

impl Grid {
    /// Whole months of a place: whoever read them wrote of the place as it then was, so that no other turn of it was
    /// counted since.
    pub(super) fn put_months(&self, place: Place, kept: &Kept) -> Result<Vec<TransactWriteItem>> {
        let all: Vec<_> = kept.days.iter().collect();
        let months = all.chunk_by(|(one, _), (other, _)| one.first_of_month() == other.first_of_month());
        let writes = months.filter_map(|month| Some((month.first()?.0, month)));
        writes
            .map(|(first, month)| {
                let counted_to = kept.counted_to.unwrap_or_default();
                let update = self
                    .0
                    .update(keys::month(place, *first))
                    .update_expression("SET by_day = :days, counted_to = :to")
                    .expression_attribute_values(
                        ":days",
                        AttributeValue::M(item(&days(month.iter().copied()))?),
                    )
                    .expression_attribute_values(":to", n(counted_to.as_millisecond()));
                updated(update)
            })
            .collect()
    }

    /// Counts an interruption of a home that is over in its region: by day, and for a while by hour.
    pub(super) fn count_interruption(&self, over: &Interruption) -> Result<Vec<TransactWriteItem>> {
        let mut counts = over.counts;
        let counts = COUNTERS.map(|(name, field)| (name, *field(&mut counts)));
        let counts = || counts.iter().filter(|(_, count)| *count > 0);
        let add = |key: Key, name_of: &dyn Fn(&str) -> String, also: &str| {
            let names: Vec<_> = counts()
                .map(|(name, _)| format!("{} :{name}", name_of(name)))
                .collect();
            let update = self.0.update(key);
            let update = update.update_expression(format!("ADD {}{also}", names.join(", ")));
            counts().fold(update, |update, (name, count)| {
                update.expression_attribute_values(format!(":{name}"), n(count))
            })
        };
        let expires_at = over.hour.as_second() + HOUR_KEPT_S;
        let by_day = add(
            keys::month(Place::Region(over.region), over.day),
            &|name| counter(name, over.day),
            "",
        );
        let by_hour = add(
            keys::interrupted(over.region, over.hour),
            &str::to_owned,
            " SET expires_at = :expires",
        );
        Ok(vec![
            updated(by_day)?,
            updated(by_hour.expression_attribute_values(":expires", n(expires_at)))?,
        ])
    }

    /// What is kept of a place from the month of one day to that of another, as it was last written; one read of at most an
    /// item a month.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn kept(&self, place: Place, from: Date, to: Date) -> Result<Kept> {
        let (first, last) = (keys::month(place, from), keys::month(place, to));
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :place AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":place", s(first.pk))
            .expression_attribute_values(":first", s(first.sk))
            .expression_attribute_values(":last", s(last.sk))
            .consistent_read(true);
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let mut kept = Kept::default();
        for month in answer.items.unwrap_or_default() {
            read_month(month, &mut kept)?;
        }
        Ok(kept)
    }

    /// The interruptions of a region's homes that began in the hours since then, at most two days ago, and are over, by hour;
    /// one read of a small item an hour.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn interruptions_since(
        &self,
        region: RegionId,
        hour: Timestamp,
    ) -> Result<BTreeMap<Timestamp, Interruptions>> {
        let first = keys::interrupted(region, hour);
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :region AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":region", s(first.pk))
            .expression_attribute_values(":first", s(first.sk))
            .expression_attribute_values(":last", s(format!("{}~", keys::INTERRUPTED)));
        let hours: Vec<HourItem> = self.0.rows(query).await?;
        let counted = hours.into_iter().map(|item| {
            let hour = keys::interrupted_of(&item.sk).ok_or_else(|| StoreError::unreadable("an hour"))?;
            let counts = Interruptions {
                sustained: item.sustained,
                seconds: item.seconds,
                momentary: item.momentary,
            };
            Ok((hour, counts))
        });
        counted.collect()
    }
}
