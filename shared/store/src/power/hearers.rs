use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    ids::{RegionId, UserId},
    power::Home,
};
use serde::{Deserialize, Serialize};

use super::Grid;
use crate::{
    Result,
    db::{item, n, s},
    instant::Millis,
    keys,
    keys::Key,
    writes::updated,
};

/// That a person heard from their home that its power is out, so that the region need not tell them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hearer {
    /// Who.
    pub user: UserId,
    /// When the notice of it was written.
    pub from: Timestamp,
    /// When the home's outage ended.
    pub until: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct HearerItem {
    pk: String,
    sk: String,
    /// Absent for somebody who joined the home when the others had heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    heard_at: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    over_at: Option<Millis>,
}

impl Grid {
    /// Who of the people from the first to the last heard from a home of the region; one read.
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
        let hearer = |row: HearerItem| {
            Some(Hearer {
                user: keys::hearer_of(&row.sk)?,
                from: row.heard_at?.into(),
                until: row.over_at.map(Timestamp::from),
            })
        };
        Ok(rows.into_iter().filter_map(hearer).collect())
    }

    /// Notes that the people of a home hear from it.
    pub(super) fn put_hearers(&self, home: &Home, heard_at: Timestamp) -> Result<Vec<TransactWriteItem>> {
        let put = |user| {
            let Key { pk, sk } = keys::heard(home.region, user, home.id);
            let row = HearerItem {
                pk,
                sk,
                heard_at: Some(heard_at.into()),
                over_at: None,
            };
            self.0.put(item(&row)?)
        };
        home.people().map(put).collect()
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

    /// Forgets who heard from a home.
    pub(super) fn forget_hearers(&self, home: &Home) -> Result<Vec<TransactWriteItem>> {
        let forget = |user| self.0.delete(keys::heard(home.region, user, home.id));
        home.people().map(forget).collect()
    }
}
