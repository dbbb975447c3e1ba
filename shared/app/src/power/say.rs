use kabar_domain::{
    ids::RegionId,
    power::{Region, Word},
};
use kabar_store::power::RegionWrite;

use crate::{App, Expected, Failure, Result};

impl App {
    /// Takes the operator's word on a region. The next check, within a minute, acts on it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or [`Failure::Changed`].
    pub async fn say(&self, id: RegionId, expected: Expected, word: Word) -> Result<Region> {
        expected.settle(|| self.say_once(id, expected, word)).await
    }

    async fn say_once(&self, id: RegionId, expected: Expected, word: Word) -> Result<Region> {
        let before = self.region(id).await?;
        expected.check(before.version)?;
        let mut after = before.clone();
        if !after.say(word, self.world.now()) {
            return Ok(before);
        }
        match self.grid.say(&before, &after).await? {
            RegionWrite::Written => {
                after.version += 1;
                Ok(after)
            }
            RegionWrite::Stale | RegionWrite::NoParent => Err(Failure::Changed),
        }
    }
}
