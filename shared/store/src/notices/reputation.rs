use jiff::{SignedDuration, Timestamp};
use kabar_domain::news::{REPUTATION_WINDOW, Reputation, hour_of};
use serde::Deserialize;

use super::Notices;
use crate::{
    Result,
    db::{n, s},
    keys,
    keys::Key,
};

/// How long an hour's counts are kept: twice as long as they count.
const KEPT: SignedDuration = SignedDuration::from_hours(48);

/// An hour's counts. Those that nothing was added to are absent.
#[derive(Deserialize)]
pub(super) struct HourItem {
    pub(super) pk: String,
    pub(super) sk: String,
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
        let update = self
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
            .expression_attribute_values(":complained", n(more.complained));
        self.0.updated(update).await.map(drop)
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

    /// The hours that count, one item each.
    pub(super) async fn hours(&self, now: Timestamp) -> Result<Vec<HourItem>> {
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
}
