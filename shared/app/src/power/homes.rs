use kabar_domain::{
    Zone,
    ids::{HomeId, RegionId, UserId},
    people::Caller,
    power::{Home, MOST_HOMES},
};
use kabar_store::{
    List, Window,
    power::{HomeRead, HomeWrite},
};

use crate::{App, Expected, Failure, Result};

pub(super) const NO_REGION: &str = "There is no such region.";
pub(super) const TOO_MANY_HOMES: &str = "They are in as many homes as a person can be.";

/// A home as its owner describes it.
#[derive(Clone, Debug)]
pub struct NewHome {
    /// What its owner calls it.
    pub name: String,
    /// The region it lies in.
    pub region: RegionId,
    /// Where its clocks stand; as the region's unless said.
    pub zone: Option<Zone>,
}

/// What is to change of a home; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct HomeChange {
    /// What its owner calls it.
    pub name: Option<String>,
    /// The region it lies in.
    pub region: Option<RegionId>,
    /// Where its clocks stand.
    pub zone: Option<Zone>,
}

impl App {
    /// Adds a home of the caller's.
    ///
    /// A person can be in [`MOST_HOMES`] homes. The bound is soft: those who add several at once may pass it by a few.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when there is no such region; [`Failure::Conflict`] when they are in too many homes.
    pub async fn add_home(&self, caller: &Caller, new: NewHome) -> Result<Home> {
        let region = self.grid.region(new.region).await?;
        let region = region.ok_or_else(|| Failure::field("region", NO_REGION))?;
        self.has_room_for_home(caller.user).await?;
        let (id, zone) = (HomeId::new(&*self.world), new.zone.unwrap_or(region.zone));
        let home = Home::new(id, caller.user, new.name, region.id, zone, self.world.now());
        match self.grid.add_home(&home, &self.people).await? {
            HomeWrite::Written => Ok(home),
            HomeWrite::NoRegion => Err(Failure::field("region", NO_REGION)),
            HomeWrite::NoUser => Err(Failure::NotLoggedIn),
            HomeWrite::Stale => Err(Failure::Changed),
        }
    }

    pub(super) async fn has_room_for_home(&self, user: UserId) -> Result<()> {
        match self.grid.home_ids_of(user).await?.len() {
            MOST_HOMES.. => Err(Failure::Conflict(TOO_MANY_HOMES)),
            _ => Ok(()),
        }
    }

    /// A home with what was last heard of its devices, for its owner, its members and staff. To others there is none.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn home(&self, caller: &Caller, id: HomeId) -> Result<HomeRead> {
        let found = self.grid.home(id).await?;
        found
            .filter(|read| caller.is_staff() || read.home.is_of(caller.user))
            .ok_or(Failure::NotFound)
    }

    /// The same, for its owner alone.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for whoever may not see it, [`Failure::NotAllowed`] for whoever may.
    pub(super) async fn own_home(&self, caller: &Caller, id: HomeId) -> Result<HomeRead> {
        let read = self.home(caller, id).await?;
        match read.home.owner == caller.user {
            true => Ok(read),
            false => Err(Failure::NotAllowed),
        }
    }

    /// Homes, the newest first: the caller's own and those they have joined, for staff all; only of a region, if one is
    /// named. They show what was heard up to their last check.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn homes(
        &self,
        caller: &Caller,
        region: Option<RegionId>,
        window: &Window,
    ) -> Result<List<Home>> {
        if caller.is_staff() {
            return Ok(match region {
                Some(region) => self.grid.homes_in(region, window).await?,
                None => self.grid.homes(window).await?,
            });
        }
        let ids = self.grid.home_ids_of(caller.user).await?;
        let mut homes = self.grid.homes_by_id(ids).await?;
        homes.retain(|home| {
            let is_next = window
                .after
                .as_ref()
                .is_none_or(|after| home.id.to_string() < *after);
            is_next && region.is_none_or(|region| home.region == region)
        });
        let goes_on = homes.len() > usize::from(window.limit);
        homes.truncate(window.limit.into());
        let next = homes.last().filter(|_| goes_on).map(|home| home.id.to_string());
        Ok(List { entries: homes, next })
    }

    /// Changes a home of the caller's.
    ///
    /// # Errors
    /// As [`Self::own_home`], [`Failure::Changed`], or [`Failure::Invalid`] when there is no such region.
    pub async fn change_home(
        &self,
        caller: &Caller,
        id: HomeId,
        expected: Expected,
        change: HomeChange,
    ) -> Result<HomeRead> {
        let attempt = || async {
            let before = self.own_home(caller, id).await?;
            expected.check(before.home.version)?;
            let mut after = before.home.clone();
            let change = change.clone();
            after.name = change.name.unwrap_or(after.name);
            after.region = change.region.unwrap_or(after.region);
            after.zone = change.zone.unwrap_or(after.zone);
            let now = self.world.now();
            let written = self.grid.change_home(&before.home, &after, now).await?;
            written_home(written, after, before)
        };
        expected.settle(attempt).await
    }

    /// Removes a home of the caller's, with its detectors and its history. It is gone at once; what hangs on it follows.
    ///
    /// # Errors
    /// As [`Self::own_home`], or [`Failure::Changed`].
    pub async fn remove_home(&self, caller: &Caller, id: HomeId, expected: Expected) -> Result<()> {
        let attempt = || async {
            let HomeRead { home, .. } = self.own_home(caller, id).await?;
            expected.check(home.version)?;
            match self.grid.remove_home(&home, self.world.now()).await? {
                HomeWrite::Written => Ok(()),
                HomeWrite::Stale | HomeWrite::NoRegion | HomeWrite::NoUser => Err(Failure::Changed),
            }
        };
        expected.settle(attempt).await
    }
}

/// A home as it was written, with the version that it has then.
pub(super) fn written_home(written: HomeWrite, mut after: Home, before: HomeRead) -> Result<HomeRead> {
    match written {
        HomeWrite::Written => {
            after.version = before.home.version + 1;
            Ok(HomeRead {
                home: after,
                ..before
            })
        }
        HomeWrite::Stale => Err(Failure::Changed),
        HomeWrite::NoRegion => Err(Failure::field("region", NO_REGION)),
        HomeWrite::NoUser => Err(Failure::NotLoggedIn),
    }
}
