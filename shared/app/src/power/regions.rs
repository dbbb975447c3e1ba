use kabar_domain::{Zone, ids::RegionId, power::Region};
use kabar_store::{List, Window, power::RegionWrite};

use crate::{App, Expected, Failure, Result};

/// How many regions can lie in each other: country, province, city, district and four to spare.
const DEEPEST: usize = 8;

const NO_PARENT: &str = "There is no such region.";

/// A region as staff describe it.
#[derive(Clone, Debug)]
pub struct NewRegion {
    /// What people call it.
    pub name: String,
    /// Where its clocks stand.
    pub zone: Zone,
    /// The region around it.
    pub parent: Option<RegionId>,
}

/// What is to change of a region; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct RegionChange {
    /// What people call it.
    pub name: Option<String>,
    /// Where its clocks stand.
    pub zone: Option<Zone>,
    /// The region around it, or none.
    pub parent: Option<Option<RegionId>>,
}

impl App {
    /// Adds a region.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when the parent does not exist, or stands too deep.
    pub async fn add_region(&self, new: NewRegion) -> Result<Region> {
        if let Some(parent) = new.parent {
            self.above(None, parent).await?;
        }
        let now = self.world.now();
        let region = Region::new(RegionId::new(&*self.world), new.name, new.zone, new.parent, now);
        match self.grid.add_region(&region).await? {
            RegionWrite::Written => Ok(region),
            RegionWrite::Stale | RegionWrite::NoParent => Err(Failure::field("parent", NO_PARENT)),
        }
    }

    /// A region; anyone may read it.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn region(&self, id: RegionId) -> Result<Region> {
        self.board().region(id).await
    }

    /// All regions, the newest first.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn regions(&self, window: &Window) -> Result<List<Region>> {
        self.board().regions(window).await
    }

    /// Changes a region.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::Changed`], or [`Failure::Invalid`] when the parent cannot be its parent.
    pub async fn change_region(
        &self,
        id: RegionId,
        expected: Expected,
        change: RegionChange,
    ) -> Result<Region> {
        expected
            .settle(|| self.change_once(id, expected, change.clone()))
            .await
    }

    async fn change_once(&self, id: RegionId, expected: Expected, change: RegionChange) -> Result<Region> {
        let before = self.region(id).await?;
        expected.check(before.version)?;
        let mut after = before.clone();
        after.name = change.name.unwrap_or(after.name);
        after.zone = change.zone.unwrap_or(after.zone);
        after.parent = change.parent.unwrap_or(after.parent);
        let above = match after.parent {
            Some(parent) if before.parent != after.parent => self.above(Some(id), parent).await?,
            _ => Vec::new(),
        };
        match self.grid.change_region(&before, &after, &above).await? {
            RegionWrite::Written => {
                after.version += 1;
                Ok(after)
            }
            RegionWrite::Stale => Err(Failure::Changed),
            RegionWrite::NoParent => Err(Failure::field(
                "parent",
                "The regions around it just changed; try again.",
            )),
        }
    }

    /// Removes a region, its followers and its history. It is gone at once; what hangs on it follows.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::Changed`], or [`Failure::Conflict`] when regions lie in it.
    pub async fn remove_region(&self, id: RegionId, expected: Expected) -> Result<()> {
        expected.settle(|| self.remove_once(id, expected)).await
    }

    async fn remove_once(&self, id: RegionId, expected: Expected) -> Result<()> {
        let region = self.region(id).await?;
        expected.check(region.version)?;
        match self.grid.remove_region(&region, self.world.now()).await? {
            RegionWrite::Written => Ok(()),
            RegionWrite::Stale | RegionWrite::NoParent => {
                let is_same = self.region(id).await?.version == region.version;
                Err(if is_same {
                    Failure::Conflict("Other regions lie in this region.")
                } else {
                    Failure::Changed
                })
            }
        }
    }

    /// The regions from `parent` up, each with its own parent; `below` must not be among them.
    async fn above(
        &self,
        below: Option<RegionId>,
        parent: RegionId,
    ) -> Result<Vec<(RegionId, Option<RegionId>)>> {
        let mut above = Vec::new();
        let mut next = Some(parent);
        while let Some(id) = next {
            if Some(id) == below {
                return Err(Failure::field("parent", "A region cannot lie in itself."));
            }
            if above.len() + 1 == DEEPEST {
                return Err(Failure::field(
                    "parent",
                    format!("At most {DEEPEST} regions can lie in each other."),
                ));
            }
            let region = self.grid.region(id).await?;
            let region = region.ok_or_else(|| Failure::field("parent", NO_PARENT))?;
            above.push((id, region.parent));
            next = region.parent;
        }
        Ok(above)
    }
}
