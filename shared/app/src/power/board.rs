use std::sync::Arc;

use kabar_domain::{
    World,
    ids::RegionId,
    power::{Cause, Outage, Place, Region},
};
use kabar_store::{
    List, Window,
    power::{Grid, OutageFilter},
};

use crate::{App, Failure, Result};

/// Among how many of its outages those are looked for that anyone may know of.
const LOOKED_AT: u16 = 200;

/// What anyone may know of regions: what the public pages are made from, and the API's answers that say the same.
#[derive(Clone)]
pub struct Board {
    /// The table of power.
    pub grid: Grid,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

impl App {
    /// What anyone may know of regions.
    #[must_use]
    pub fn board(&self) -> Board {
        Board {
            grid: self.grid.clone(),
            world: Arc::clone(&self.world),
        }
    }
}

impl Board {
    /// A region.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn region(&self, id: RegionId) -> Result<Region> {
        self.grid.region(id).await?.ok_or(Failure::NotFound)
    }

    /// All regions, the newest first.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn regions(&self, window: &Window) -> Result<List<Region>> {
        Ok(self.grid.regions(window).await?)
    }

    /// The last outages of a region that anyone may know of, the newest first; one read. Of a region of few homes those are
    /// the ones that its operator declared, of the last [`LOOKED_AT`]: what so few homes noticed tells of somebody's own.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn last_outages(&self, region: &Region, limit: u16) -> Result<Vec<Outage>> {
        let filter = OutageFilter {
            place: Some(Place::Region(region.id)),
            ..OutageFilter::default()
        };
        let is_of_few = region.is_of_few_homes();
        let window = Window::first(if is_of_few { LOOKED_AT } else { limit });
        let mut found = self.grid.outages(&filter, &window).await?.entries;
        found.retain(|outage| !is_of_few || outage.cause == Cause::Operator);
        found.truncate(limit.into());
        Ok(found)
    }
}
