use kabar_domain::power::Outage;
use kabar_store::{List, Window, power::OutageFilter};

use crate::{App, Result};

/// An outage, and how many people were told that the power was out.
#[derive(Clone, Debug)]
pub struct OutageTold {
    /// The outage.
    pub outage: Outage,
    /// How many were told, on pages that are closed.
    pub people_told: u32,
}

impl App {
    /// Outages, the newest first; anyone may read them.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn outages(&self, filter: &OutageFilter, window: &Window) -> Result<List<OutageTold>> {
        let found = self.grid.outages(filter, window).await?;
        let tallies = self
            .notices
            .tallies(found.entries.iter().map(|outage| outage.notice))
            .await?;
        Ok(found.map(|outage| OutageTold {
            people_told: tallies
                .get(&outage.notice)
                .map(|tally| tally.told())
                .unwrap_or_default(),
            outage,
        }))
    }
}
