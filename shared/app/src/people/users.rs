use kabar_domain::{
    ids::UserId,
    people::{Caller, User},
};
use kabar_store::{List, Window};

use crate::{App, Failure, Result};

impl App {
    /// The caller.
    ///
    /// # Errors
    /// [`Failure::NotLoggedIn`] when they were deleted this very moment.
    pub async fn me(&self, caller: &Caller) -> Result<User> {
        Ok(self
            .people
            .account(caller.user)
            .await?
            .ok_or(Failure::NotLoggedIn)?
            .user)
    }

    /// A user, for staff and for themselves. Others are refused before anybody looks, so they learn nothing.
    ///
    /// # Errors
    /// [`Failure::NotAllowed`], or [`Failure::NotFound`].
    pub async fn user(&self, caller: &Caller, id: UserId) -> Result<User> {
        if !caller.is_staff() && caller.user != id {
            return Err(Failure::NotAllowed);
        }
        Ok(self.people.account(id).await?.ok_or(Failure::NotFound)?.user)
    }

    /// All users, the newest first. For staff, which the route has made sure of.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn users(&self, window: &Window) -> Result<List<User>> {
        Ok(self.people.users(window).await?)
    }

    /// Whoever has this username, else this email address, whatever its letter case. For staff, which the route has made
    /// sure of.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn user_named(&self, name: &str) -> Result<Option<User>> {
        let Some(id) = self.find(name).await? else {
            return Ok(None);
        };
        Ok(self.people.account(id).await?.map(|account| account.user))
    }
}
