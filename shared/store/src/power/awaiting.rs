use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use jiff::Timestamp;
use kabar_domain::{
    ids::{DetectorId, HomeId},
    power::{Home, Means, Power},
};

use super::{Beats, Grid};
use crate::{Result, db::n, keys, writes::updated};

impl Grid {
    /// Has the beats of a home's devices bring its check forward, or no more. Where the power went, what was heard of them
    /// must be all that there is: a beat of this very moment wins.
    pub(super) fn await_beats(
        &self,
        home: &Home,
        beats: &Beats,
        silent: &[DetectorId],
    ) -> Result<Vec<TransactWriteItem>> {
        let calls = home
            .detectors
            .iter()
            .filter(|one| matches!(one.means, Means::Heartbeat { .. }));
        calls
            .map(|one| {
                let update = self.0.update(keys::beat(home.id, one.id));
                let beat = beats.get(&one.id);
                updated(match (home.status, beat) {
                    (Power::On, _) => update
                        .update_expression("REMOVE is_awaited")
                        .condition_expression("attribute_exists(pk)"),
                    (_, None) => update
                        .update_expression("SET is_awaited = :yes")
                        .condition_expression("attribute_exists(pk) AND attribute_not_exists(#at)")
                        .expression_attribute_names("#at", "at")
                        .expression_attribute_values(":yes", AttributeValue::Bool(true)),
                    (_, Some(beat)) => update
                        .update_expression(match silent.contains(&one.id) {
                            true => "SET is_awaited = :yes REMOVE on_since",
                            false => "SET is_awaited = :yes",
                        })
                        .condition_expression("#at = :at")
                        .expression_attribute_names("#at", "at")
                        .expression_attribute_values(":at", n(beat.at.as_millisecond()))
                        .expression_attribute_values(":yes", AttributeValue::Bool(true)),
                })
            })
            .collect()
    }

    /// Forgets since when a device said that there is power, for it fell silent meanwhile; unless it was heard again.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn end_streak(&self, home: HomeId, detector: DetectorId, heard: Timestamp) -> Result<()> {
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::beat(home, detector).attributes()))
            .update_expression("REMOVE on_since")
            .condition_expression("#at = :at")
            .expression_attribute_names("#at", "at")
            .expression_attribute_values(":at", n(heard.as_millisecond()));
        self.0.updated(update).await.map(drop)
    }
}
