use kabar_domain::{
    ids::{RegionId, UserId},
    people::Caller,
    power::{Channel, Following, MOST_FOLLOWED},
};
use kabar_store::{List, Window, power::Followed};

use crate::{App, Expected, Failure, Result};

/// A wish to follow a region.
#[derive(Clone, Debug)]
pub struct NewFollowing {
    /// Who is to follow; the caller unless said.
    pub user: Option<UserId>,
    /// How to reach them.
    pub channels: Vec<Channel>,
}

impl App {
    /// Makes somebody a follower of a region: the caller, or by staff anybody. Returns whether they are new; doing
    /// it again returns the same.
    ///
    /// A person can follow [`MOST_FOLLOWED`] regions. The bound is soft: those who begin to follow several at once
    /// may pass it by a few.
    ///
    /// # Errors
    /// [`Failure::NotFound`] without the region; [`Failure::NotAllowed`] for others' sake; [`Failure::Invalid`]
    /// when there is no such user; [`Failure::Conflict`] when they follow too many regions.
    pub async fn follow(
        &self,
        caller: &Caller,
        region: RegionId,
        new: NewFollowing,
    ) -> Result<(Following, bool)> {
        let user = new.user.unwrap_or(caller.user);
        if user != caller.user && !caller.is_staff() {
            return Err(Failure::NotAllowed);
        }
        Expected::Any
            .settle(|| self.follow_once(user, region, new.channels.clone()))
            .await
    }

    async fn follow_once(
        &self,
        user: UserId,
        region: RegionId,
        channels: Vec<Channel>,
    ) -> Result<(Following, bool)> {
        let account = self.people.account(user).await?;
        let person = account
            .ok_or_else(|| Failure::field("user_id", "There is no such user."))?
            .user;
        let followed = self.grid.followed_by(user).await?;
        if followed.len() >= MOST_FOLLOWED && !followed.contains(&region) {
            return Err(Failure::Conflict("They follow as many regions as a person can."));
        }
        let following = Following {
            region,
            user,
            channels,
            since: self.world.now(),
        };
        match self.grid.follow(&following, &person, &self.people).await? {
            Followed::NoRegion => Err(Failure::NotFound),
            Followed::Now => Ok((following, true)),
            Followed::Before => {
                let before = self.grid.following(user, region).await?;
                Ok((before.ok_or(Failure::Changed)?, false))
            }
            Followed::Stale => Err(Failure::Changed),
        }
    }

    /// The followers of a region: for staff all, for others themselves.
    ///
    /// # Errors
    /// [`Failure::NotFound`] without the region.
    pub async fn followers(
        &self,
        caller: &Caller,
        region: RegionId,
        window: &Window,
    ) -> Result<List<Following>> {
        self.region(region).await?;
        if caller.is_staff() {
            return Ok(self.grid.followings(region, window).await?);
        }
        let own = self.grid.following(caller.user, region).await?;
        Ok(List {
            entries: own.into_iter().collect(),
            next: None,
        })
    }

    /// Ends a following: the caller's own, or by staff anybody's.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none that the caller may know of.
    pub async fn unfollow(&self, caller: &Caller, region: RegionId, user: UserId) -> Result<()> {
        let may = user == caller.user || caller.is_staff();
        if may && self.grid.unfollow(user, region).await? {
            Ok(())
        } else {
            Err(Failure::NotFound)
        }
    }
}
