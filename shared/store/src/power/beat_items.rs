//! What was last heard of devices, as it lies in the table.

use jiff::Timestamp;
use kabar_domain::{
    ids::DetectorId,
    power::{Beat, Says, Tries, Trouble},
};
use serde::{Deserialize, Serialize};

use crate::{instant::Millis, keys};

/// What was last heard of a device, and the hash of what it calls with; or when a target last answered, and what came of
/// trying it.
#[derive(Serialize, Deserialize)]
pub(super) struct BeatItem {
    pub(super) pk: String,
    pub(super) sk: String,
    /// Absent for a target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) key_hash: Option<String>,
    /// What is tried, if it is that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) target: Option<String>,
    /// Absent before its first beat or answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) says: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) on_since: Option<Millis>,
    /// While the home is not known to have power, a beat brings its check forward.
    #[serde(default)]
    pub(super) is_awaited: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tried_at: Option<Millis>,
    #[serde(default)]
    pub(super) misses: u32,
    #[serde(default)]
    pub(super) unclear: u32,
    /// Why it did not answer when it was last tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) trouble: Option<String>,
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

    /// What came of trying its target.
    pub(super) fn tried(&self) -> Option<(DetectorId, Tries)> {
        let tries = Tries {
            at: self.tried_at?.into(),
            misses: self.misses,
            unclear: self.unclear,
            trouble: self.trouble.as_deref().and_then(Trouble::named),
        };
        Some((keys::detector_of(&self.sk)?, tries))
    }
}
