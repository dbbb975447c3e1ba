use kabar_domain::{
    ids::{HomeId, RegionId},
    people::Caller,
    power::{Place, Transition},
};
use kabar_store::{List, Window, power::Range};

use crate::{App, Result};

impl App {
    /// What a region came to be, the newest first; anyone may read it.
    ///
    /// # Errors
    /// [`crate::Failure::NotFound`].
    pub async fn region_history(
        &self,
        id: RegionId,
        range: &Range,
        window: &Window,
    ) -> Result<List<Transition>> {
        self.region(id).await?;
        Ok(self.grid.transitions(Place::Region(id), range, window).await?)
    }

    /// What a home came to be, the newest first, for its owner, its members and staff.
    ///
    /// # Errors
    /// As [`Self::home`].
    pub async fn home_history(
        &self,
        caller: &Caller,
        id: HomeId,
        range: &Range,
        window: &Window,
    ) -> Result<List<Transition>> {
        self.home(caller, id).await?;
        Ok(self.grid.transitions(Place::Home(id), range, window).await?)
    }
}
