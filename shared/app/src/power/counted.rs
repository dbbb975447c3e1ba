use kabar_domain::{
    Zone,
    power::{Cut, Home, Interruption, Kept, Place, Spell},
};
use kabar_store::Result;

use super::Checker;

impl Checker {
    /// The months of a place that this touched, with it; nothing when nothing that counts is over. The place must have been
    /// read before, and be written as the one that was read, so that what is over is counted once.
    pub(super) async fn counted(
        &self,
        place: Place,
        over: Option<Spell>,
        zone: &Zone,
    ) -> Result<Option<Kept>> {
        let Some(over) = over else { return Ok(None) };
        let days = over.days(zone);
        let (Some((first, _)), Some((last, _))) = (days.first_key_value(), days.last_key_value()) else {
            return Ok(None);
        };
        let mut kept = self.grid.kept(place, *first, *last).await?;
        kept.count(&over, &days);
        Ok(Some(kept))
    }

    /// What a cut of a home that is over is to its region.
    pub(super) async fn interruption(&self, home: &Home, cut: &Cut) -> Result<Option<Interruption>> {
        let region = self.grid.region(home.region).await?;
        Ok(region.map(|region| Interruption::of(cut, &region)))
    }
}
