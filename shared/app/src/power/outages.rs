use kabar_domain::power::Outage;
use kabar_store::{List, Window, power::OutageFilter};

use crate::{App, Result};

/// An outage, and how many people were told that the power was out.
#[derive(Clone, Debug)]
pub struct OutageTold {
    /// The outage.
    pub outage: Outage,
    /// How many were told, by mail and in Telegram, on pages that are closed.
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
            .tallies(
                found
                    .entries
                    .iter()
                    .flat_map(|outage| [outage.notice, outage.notice.twin()]),
            )
            .await?;
        Ok(found.map(|outage| OutageTold {
            people_told: [outage.notice, outage.notice.twin()]
                .iter()
                .filter_map(|notice| tallies.get(notice))
                .map(|tally| tally.told())
                .sum(),
            outage,
        }))
    }
}
