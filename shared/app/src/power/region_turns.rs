use std::{
    collections::HashMap,
    sync::{Arc, Mutex as Lock, PoisonError},
};

use kabar_domain::ids::RegionId;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// The homes of a region turn one after another: each turn counts in the region's item, and transactions that meet there
/// refuse each other.
#[derive(Default)]
pub(super) struct RegionTurns(Lock<HashMap<RegionId, Arc<Mutex<()>>>>);

impl RegionTurns {
    /// Waits until no other home of the region turns; none does while this is held.
    pub(super) async fn next(&self, region: RegionId) -> OwnedMutexGuard<()> {
        let turn = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(region).or_default())
        };
        turn.lock_owned().await
    }
}
