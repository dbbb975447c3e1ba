use jiff::Timestamp;
use kabar_domain::{
    ids::PlannedCutId,
    power::{Cut, PlannedCut},
};
use serde::{Deserialize, Serialize};

use super::items::id;
use crate::{Result, StoreError, instant::Millis, keys};

#[derive(Serialize, Deserialize)]
pub(super) struct PlannedItem {
    pub(super) pk: String,
    pub(super) sk: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_pk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_sk: Option<String>,
    id: String,
    uid: String,
    start: Millis,
    end: Millis,
    reason: String,
    is_cancelled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    told_start: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    told_end: Option<Millis>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_told_again: bool,
    version: u64,
}

impl PlannedItem {
    /// A planned cut, and when a check is to look at it.
    pub(super) fn of(cut: &PlannedCut, due: Option<Timestamp>) -> Self {
        let key = keys::planned(cut.region, cut.time.start, cut.id);
        let (due_pk, due_sk) = due.map(|time| keys::due(time, &key)).unzip();
        Self {
            pk: key.pk,
            sk: key.sk,
            due_pk,
            due_sk,
            id: cut.id.to_string(),
            uid: cut.uid.clone(),
            start: cut.time.start.into(),
            end: cut.time.end.into(),
            reason: cut.reason.clone(),
            is_cancelled: cut.is_cancelled,
            told_start: cut.told.map(|told| told.start.into()),
            told_end: cut.told.map(|told| told.end.into()),
            is_told_again: cut.is_told_again,
            version: cut.version,
        }
    }
}

impl TryFrom<PlannedItem> for PlannedCut {
    type Error = StoreError;

    fn try_from(item: PlannedItem) -> Result<Self> {
        let cut = |start: Millis, end: Millis| Cut {
            start: start.into(),
            end: end.into(),
        };
        Ok(Self {
            id: id(PlannedCutId::parse(&item.id))?,
            region: id(keys::region_of(&item.pk))?,
            uid: item.uid,
            time: cut(item.start, item.end),
            reason: item.reason,
            is_cancelled: item.is_cancelled,
            told: item
                .told_start
                .zip(item.told_end)
                .map(|(start, end)| cut(start, end)),
            is_told_again: item.is_told_again,
            version: item.version,
        })
    }
}
