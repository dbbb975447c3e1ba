use std::sync::Arc;

use kabar_domain::{
    World,
    ids::RegionId,
    power::{Outage, Place, Region},
};
use kabar_store::{
    List, Window,
    power::{Grid, OutageFilter},
};

use crate::{App, Failure, Result};

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

    /// The last outages of a region, the newest first.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn last_outages(&self, id: RegionId, limit: u16) -> Result<Vec<Outage>> {
        let filter = OutageFilter {
            place: Some(Place::Region(id)),
            ..OutageFilter::default()
        };
        let window = Window::first(limit);
        Ok(self.grid.outages(&filter, &window).await?.entries)
    }
}
