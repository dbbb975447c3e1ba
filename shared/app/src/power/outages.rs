use kabar_domain::{
    ids::HomeId,
    people::Caller,
    power::{Outage, Place},
};
use kabar_store::{List, Window, power::OutageFilter};

use crate::{App, Failure, Result};

/// An outage, and how many people were told that the power was out.
#[derive(Clone, Debug)]
pub struct OutageTold {
    /// The outage.
    pub outage: Outage,
    /// How many were told, by mail and in Telegram, on pages that are closed.
    pub people_told: u32,
}

impl App {
    /// Outages by when they started: of regions, which anyone may read, or of one home, of which others than its people and
    /// staff find none.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn outages(
        &self,
        caller: Option<&Caller>,
        filter: &OutageFilter,
        window: &Window,
    ) -> Result<List<OutageTold>> {
        if let Some(Place::Home(home)) = filter.place
            && !self.may_see(caller, home).await?
        {
            return Ok(List {
                entries: Vec::new(),
                next: None,
            });
        }
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

    async fn may_see(&self, caller: Option<&Caller>, home: HomeId) -> Result<bool> {
        let Some(caller) = caller else { return Ok(false) };
        match self.home(caller, home).await {
            Ok(_) => Ok(true),
            Err(Failure::NotFound) => Ok(false),
            Err(failure) => Err(failure),
        }
    }
}
