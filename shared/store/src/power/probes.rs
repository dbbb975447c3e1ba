use aws_sdk_dynamodb::types::{ReturnValue, TransactWriteItem};
use jiff::Timestamp;
use kabar_domain::power::{Answer, Detector, Home, Says};

use super::{Grid, HomeRead, beat_items::BeatItem, devices::new_beat};
use crate::{
    Result,
    db::{item, n, read, s},
    keys,
};

impl Grid {
    /// Notes what came of trying a probe's target at `time`, and takes it into what was read of its home: one write unit.
    /// `false`: it was tried by then already, or has another target; what was read is old.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn tried(
        &self,
        home: &mut HomeRead,
        detector: &Detector,
        answer: Answer,
        time: Timestamp,
    ) -> Result<bool> {
        let target = detector.target().map_or("", |target| target.as_str());
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::beat(home.home.id, detector.id).attributes()))
            .condition_expression("target = :target AND (attribute_not_exists(tried_at) OR tried_at < :time)")
            .expression_attribute_values(":target", s(target))
            .expression_attribute_values(":time", n(time.as_millisecond()))
            .return_values(ReturnValue::AllNew);
        let update = match answer {
            Answer::Hit => update
                .update_expression(
                    "SET tried_at = :time, #at = :time, says = :says, on_since = if_not_exists(on_since, :time) \
                     REMOVE misses, unclear, trouble",
                )
                .expression_attribute_names("#at", "at")
                .expression_attribute_values(":says", s(Says::Alive.name())),
            Answer::Miss(trouble) => update
                .update_expression(
                    "SET tried_at = :time, trouble = :trouble ADD misses :one REMOVE on_since, unclear",
                )
                .expression_attribute_values(":trouble", s(trouble.name()))
                .expression_attribute_values(":one", n(1)),
            Answer::NoWord(trouble) => update
                .update_expression("SET tried_at = :time, trouble = :trouble ADD unclear :one")
                .expression_attribute_values(":trouble", s(trouble.name()))
                .expression_attribute_values(":one", n(1)),
        };
        let found = self.0.updated(update).await?.and_then(|answer| answer.attributes);
        let Some(found) = found else { return Ok(false) };
        let found: BeatItem = read(found)?;
        home.beats.extend(found.heard());
        home.tries.extend(found.tried());
        Ok(true)
    }

    /// Begins anew with targets that are others than before.
    pub(super) fn forget_targets(&self, before: &Home, after: &Home) -> Result<Vec<TransactWriteItem>> {
        let is_other = |one: &&Detector| {
            let known = before.detector(one.id).and_then(Detector::target);
            known.is_some_and(|known| Some(known) != one.target())
        };
        let others = after.detectors.iter().filter(is_other);
        others
            .map(|one| self.0.put(item(&new_beat(after, one, None))?))
            .collect()
    }
}
