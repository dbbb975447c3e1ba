use jiff::{SignedDuration, Timestamp};
use kabar_domain::events::PosterObject;
use kabar_store::events::OrphanSweep;

use super::Remover;
use crate::Result;

/// A picture is an orphan if it has no poster by then: a request is remembered by its idempotency key for a day, in
/// which a second try may yet write the poster that the first one died before.
const TIME_FOR_A_POSTER: SignedDuration = SignedDuration::from_hours(25);
/// From the end of one round to the start of the next. To list a thousand objects is dear as reads go, and an orphan
/// does nobody any harm.
const BETWEEN_ROUNDS: SignedDuration = SignedDuration::from_hours(24);

impl Remover {
    /// Deletes pictures that no poster looks for, once a day, until `stop`; returns how many. One read says whether it
    /// is time. A round that is broken off goes on from the last thousand that was looked at.
    ///
    /// # Errors
    /// When store or bucket did not answer; the next sweep goes on from there.
    pub(super) async fn sweep_orphans(&self, stop: Timestamp) -> Result<u32> {
        let mut deleted = 0;
        let mut sweep = self.events.orphan_sweep().await?;
        while sweep.due_at <= self.world.now() && self.world.now() < stop {
            let listed = self.posters.list(sweep.after.as_deref()).await?;
            let last_chance = self.world.now() - TIME_FOR_A_POSTER;
            let old = listed.iter().filter(|object| object.written_at <= last_chance);
            let old: Vec<PosterObject> = old
                .filter_map(|object| PosterObject::parse(&object.name))
                .collect();
            let known = self.events.with_posters(&old).await?;
            for orphan in old.into_iter().filter(|object| !known.contains(object)) {
                self.posters.delete(orphan).await?;
                deleted += 1;
            }
            let after = listed.into_iter().last().map(|object| object.name);
            let now = self.world.now();
            sweep = OrphanSweep {
                due_at: if after.is_some() {
                    now
                } else {
                    now + BETWEEN_ROUNDS
                },
                after,
                version: sweep.version + 1,
            };
            if !self.events.move_orphan_sweep(&sweep).await? {
                break;
            }
        }
        Ok(deleted)
    }
}
