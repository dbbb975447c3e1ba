use std::collections::HashSet;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    ids::{HomeId, OutageId, RegionId, UserId},
    power::{Hearer, Home},
};
use serde::{Deserialize, Serialize};

use super::{Grid, Opened};
use crate::{
    Result,
    db::{n, s},
    instant::Millis,
    keys,
    writes::updated,
};

/// For how long a region remembers who heard from a home that is now elsewhere: longer than its outages last.
const ELSEWHERE_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

#[derive(Serialize, Deserialize)]
struct HearerItem {
    sk: String,
    /// Absent for somebody who joined the home when the others had heard.
    #[serde(default)]
    heard_at: Option<Millis>,
    #[serde(default)]
    over_at: Option<Millis>,
    /// The region's outage within which the home told them.
    #[serde(default)]
    told_in: Option<String>,
}

impl HearerItem {
    fn hearer(self) -> Option<Hearer> {
        Some(Hearer {
            user: keys::hearer_of(&self.sk)?,
            from: self.heard_at.map(Timestamp::from),
            until: self.over_at.map(Timestamp::from),
            within: self.told_in.as_deref().and_then(OutageId::parse),
        })
    }
}

impl Grid {
    /// Who of the people from the first to the last heard from a home of the region, once for each home; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn hearers(&self, region: RegionId, first: UserId, last: UserId) -> Result<Vec<Hearer>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :heard AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":heard", s(keys::heard_in(region)))
            .expression_attribute_values(":first", s(first.to_string()))
            .expression_attribute_values(":last", s(keys::after_holder(last)))
            .consistent_read(true);
        let rows: Vec<HearerItem> = self.0.all_rows(query).await?;
        Ok(rows.into_iter().filter_map(HearerItem::hearer).collect())
    }

    /// Who of these people, at most a hundred, heard from a home while it lay in the region; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn hearers_at(&self, home: HomeId, region: RegionId, people: &[UserId]) -> Result<Vec<Hearer>> {
        let rows = people.iter().map(|user| keys::heard(region, *user, home));
        let found: Vec<HearerItem> = self.0.get_many(rows.collect(), true).await?;
        Ok(found.into_iter().filter_map(HearerItem::hearer).collect())
    }

    /// Notes who hears of an outage from a home. What they heard before, within an outage of the region or not, still
    /// says who tells them how that ends.
    pub(super) fn note_hearers(&self, home: &Home, opened: &Opened<'_>) -> Result<Vec<TransactWriteItem>> {
        let note = |user: &UserId| {
            let update = self.0.update(keys::heard(home.region, *user, home.id));
            updated(match opened.outage.within {
                Some(outage) => update
                    .update_expression("SET told_in = :outage REMOVE expires_at")
                    .expression_attribute_values(":outage", s(outage.id.to_string())),
                None => {
                    let heard_at = opened.notice.created_at;
                    update
                        .update_expression("SET heard_at = :at REMOVE over_at, expires_at")
                        .expression_attribute_values(":at", n(heard_at.as_millisecond()))
                }
            })
        };
        opened.hearers.iter().map(note).collect()
    }

    /// Notes that what they heard is over. The row stays: the region's own outage may end later.
    pub(super) fn end_hearing(&self, home: &Home, over_at: Timestamp) -> Result<Vec<TransactWriteItem>> {
        let end = |user| {
            let key = keys::heard(home.region, user, home.id);
            let update = self.0.update(key).update_expression("SET over_at = :over");
            updated(update.expression_attribute_values(":over", n(over_at.as_millisecond())))
        };
        home.people().map(end).collect()
    }

    /// Notes that a home goes to another region: what it says from now on is nothing to this one. Who heard from it of the
    /// region's outage hears from it how that ends, wherever it is.
    pub(super) async fn end_hearing_here(
        &self,
        home: &Home,
        now: Timestamp,
    ) -> Result<Vec<TransactWriteItem>> {
        let people: Vec<UserId> = home.people().collect();
        let hearers = self.hearers_at(home.id, home.region, &people).await?;
        let hearers: HashSet<UserId> = hearers.into_iter().map(|hearer| hearer.user).collect();
        let end = |user| {
            let update = self.0.update(keys::heard(home.region, user, home.id));
            updated(
                update
                    .update_expression("SET over_at = if_not_exists(over_at, :now), expires_at = :gone")
                    .expression_attribute_values(":now", n(now.as_millisecond()))
                    .expression_attribute_values(":gone", n((now + ELSEWHERE_KEPT).as_second())),
            )
        };
        hearers.into_iter().map(end).collect()
    }
}
