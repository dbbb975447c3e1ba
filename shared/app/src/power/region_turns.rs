use std::{
    collections::HashMap,
    sync::{Arc, Mutex as Lock, PoisonError},
};

use kabar_domain::ids::RegionId;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// The homes of a region turn one after another, and its planned cuts with them: each counts in the region's item, and
/// transactions that meet there refuse each other.
#[derive(Default)]
pub(super) struct RegionTurns(Lock<HashMap<RegionId, Arc<Mutex<()>>>>);

impl RegionTurns {
    /// Waits until nothing else of the region turns; nothing does while this is held.
    pub(super) async fn next(&self, region: RegionId) -> OwnedMutexGuard<()> {
        let turn = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(region).or_default())
        };
        turn.lock_owned().await
    }
}
