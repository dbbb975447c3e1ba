use kabar_domain::{
    ids::{RegionId, UserId},
    news::Recipient,
    people::Caller,
    power::{Channel, Following},
};
use kabar_store::{List, Window};

use crate::{App, Failure, Result};

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
    /// # Errors
    /// [`Failure::NotFound`] without the region; [`Failure::NotAllowed`] for others' sake; [`Failure::Invalid`]
    /// when there is no such user.
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
        let account = self.people.account(user).await?;
        let person = account
            .ok_or_else(|| Failure::field("user_id", "There is no such user."))?
            .user;
        let following = Following {
            region,
            user,
            channels: new.channels,
            since: self.world.now(),
        };
        match self.grid.follow(&following, &Recipient::from(person)).await? {
            None => Err(Failure::NotFound),
            Some(true) => Ok((following, true)),
            Some(false) => {
                let before = self.grid.following(user, region).await?;
                Ok((before.ok_or(Failure::Changed)?, false))
            }
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
