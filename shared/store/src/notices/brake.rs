use jiff::{SignedDuration, Timestamp};
use kabar_domain::news::{Brake, BrakeReason, REPUTATION_WINDOW, Reputation, hour_of};
use serde::{Deserialize, Serialize};

use super::Notices;
use crate::{
    Result,
    db::{condition, item, n, s},
    instant::Millis,
    keys,
    keys::Key,
};

/// How long an hour's counts are kept: twice as long as they count.
const KEPT: SignedDuration = SignedDuration::from_hours(48);

#[derive(Serialize, Deserialize)]
struct BrakeItem {
    pk: String,
    sk: String,
    reason: String,
    since: Millis,
}

/// An hour's counts. Those that nothing was added to are absent.
#[derive(Deserialize)]
struct HourItem {
    pk: String,
    sk: String,
    #[serde(default)]
    answered: u32,
    #[serde(default)]
    bounced: u32,
    #[serde(default)]
    complained: u32,
}

impl Notices {
    /// Adds to what came back this hour; one write.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn count_answers(&self, more: &Reputation, now: Timestamp) -> Result<()> {
        let hour = hour_of(now);
        let result = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::hour(hour).attributes()))
            .update_expression(
                "SET expires_at = :end ADD answered :answered, bounced :bounced, complained :complained",
            )
            .expression_attribute_values(":end", n((hour + KEPT).as_second()))
            .expression_attribute_values(":answered", n(more.answered))
            .expression_attribute_values(":bounced", n(more.bounced))
            .expression_attribute_values(":complained", n(more.complained))
            .send()
            .await;
        condition("UpdateItem", result).map(drop)
    }

    /// What came back in the last 24 hours of the clock, this one included; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn reputation(&self, now: Timestamp) -> Result<Reputation> {
        let hours = self.hours(now).await?;
        Ok(hours
            .into_iter()
            .fold(Reputation::default(), |sum, hour| Reputation {
                answered: sum.answered.saturating_add(hour.answered),
                bounced: sum.bounced.saturating_add(hour.bounced),
                complained: sum.complained.saturating_add(hour.complained),
            }))
    }

    async fn hours(&self, now: Timestamp) -> Result<Vec<HourItem>> {
        let last = hour_of(now);
        let first = last - REPUTATION_WINDOW + SignedDuration::from_hours(1);
        let Key { pk, sk: first } = keys::hour(first);
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :brake AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":brake", s(pk))
            .expression_attribute_values(":first", s(first))
            .expression_attribute_values(":last", s(keys::hour(last).sk))
            .consistent_read(true);
        self.0.rows(query).await
    }

    /// The brake, if it is on; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn brake(&self) -> Result<Option<Brake>> {
        let found: Option<BrakeItem> = self.0.get(keys::brake()).await?;
        found
            .map(|item| {
                Ok(Brake {
                    reason: BrakeReason::parse(&item.reason)?,
                    since: item.since.into(),
                })
            })
            .transpose()
    }

    /// Puts the brake on. `false`: it was on already, and stays as it was.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn set_brake(&self, brake: &Brake) -> Result<bool> {
        let Key { pk, sk } = keys::brake();
        let set = BrakeItem {
            pk,
            sk,
            reason: brake.reason.name().to_owned(),
            since: brake.since.into(),
        };
        let result = self
            .0
            .client
            .put_item()
            .table_name(&self.0.table)
            .set_item(Some(item(&set)?))
            .condition_expression("attribute_not_exists(pk)")
            .send()
            .await;
        condition("PutItem", result)
    }

    /// Takes the brake off and forgets what came back until now, so that it does not set it again at once. One read
    /// and one transaction; an answer that is counted between the two is forgotten as well.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn release_brake(&self, now: Timestamp) -> Result<()> {
        let mut deletes = vec![self.0.delete(keys::brake())?];
        for HourItem { pk, sk, .. } in self.hours(now).await? {
            deletes.push(self.0.delete(Key { pk, sk })?);
        }
        self.0.transact(deletes).await.map(drop)
    }
}
