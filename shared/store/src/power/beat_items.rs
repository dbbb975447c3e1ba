//! What was last heard of devices, as it lies in the table.

use jiff::Timestamp;
use kabar_domain::{
    ids::DetectorId,
    power::{Beat, Says},
};
use serde::{Deserialize, Serialize};

use crate::{instant::Millis, keys};

/// What was last heard of a device, and the hash of what it calls with.
#[derive(Serialize, Deserialize)]
pub(super) struct BeatItem {
    pub(super) pk: String,
    pub(super) sk: String,
    pub(super) key_hash: String,
    /// Absent before its first beat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) says: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) on_since: Option<Millis>,
    /// While the home is not known to have power, a beat brings its check forward.
    #[serde(default)]
    pub(super) is_awaited: bool,
}

impl BeatItem {
    /// What was heard, and of which detector.
    pub(super) fn heard(&self) -> Option<(DetectorId, Beat)> {
        let says = match self.says.as_deref() {
            Some("off") => Says::Off,
            Some("on") => Says::On,
            _ => Says::Alive,
        };
        let beat = Beat {
            at: self.at?.into(),
            says,
            on_since: self.on_since.map(Timestamp::from),
        };
        Some((keys::detector_of(&self.sk)?, beat))
    }
}
