use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    ids::DetectorId,
    power::{Detector, Home, Means, Power},
};

use super::{Grid, HomeWrite, beat_items::BeatItem};
use crate::{
    Result,
    db::{Transaction, item, s},
    keys,
    writes::updated,
};

impl Grid {
    /// Writes a home that gained a detector, if it is still the version that was read; `hash` is of the key of one that
    /// calls.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_detector(
        &self,
        (before, after): (&Home, &Home),
        detector: &Detector,
        hash: Option<&str>,
        now: Timestamp,
    ) -> Result<HomeWrite> {
        let mut writes = vec![self.put_home(before, after, now)?];
        if !matches!(detector.means, Means::Manual { .. }) {
            writes.push(self.0.put_new(item(&new_beat(after, detector, hash))?)?);
        }
        self.written(writes).await
    }

    /// Writes a home one of whose devices calls with another key from now on.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn replace_key(
        &self,
        (before, after): (&Home, &Home),
        detector: DetectorId,
        hash: &str,
        now: Timestamp,
    ) -> Result<HomeWrite> {
        let replace = self
            .0
            .update(keys::beat(after.id, detector))
            .update_expression("SET key_hash = :hash")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":hash", s(hash));
        let writes = vec![self.put_home(before, after, now)?, updated(replace)?];
        self.written(writes).await
    }

    /// Writes a home that lost a detector.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_detector(
        &self,
        (before, after): (&Home, &Home),
        detector: DetectorId,
        now: Timestamp,
    ) -> Result<HomeWrite> {
        let writes = vec![
            self.put_home(before, after, now)?,
            self.0.delete(keys::beat(after.id, detector))?,
        ];
        self.written(writes).await
    }

    async fn written(&self, writes: Vec<TransactWriteItem>) -> Result<HomeWrite> {
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => HomeWrite::Written,
            Transaction::Refused(_) => HomeWrite::Stale,
        })
    }
}

/// A device that has not called yet, or a target that was not tried yet.
pub(super) fn new_beat(home: &Home, detector: &Detector, hash: Option<&str>) -> BeatItem {
    let keys::Key { pk, sk } = keys::beat(home.id, detector.id);
    BeatItem {
        pk,
        sk,
        key_hash: hash.map(str::to_owned),
        target: detector.target().map(|target| target.as_str().to_owned()),
        at: None,
        says: None,
        on_since: None,
        is_awaited: hash.is_some() && home.status != Power::On,
        tried_at: None,
        misses: 0,
        unclear: 0,
        trouble: None,
    }
}
