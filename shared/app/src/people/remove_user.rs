use kabar_domain::{
    events::Removal,
    ids::UserId,
    people::{Caller, Role},
};
use kabar_store::people::UserRemoval;

use crate::{App, Expected, Failure, Result};

impl App {
    /// Removes a user: themselves, or by a superuser anybody. They are logged out everywhere at once; their
    /// registrations, which nobody sees any more, and their subscriptions are cleared away behind. Events that they
    /// organize stay, for other people hold tickets: staff may give them to somebody else.
    ///
    /// # Errors
    /// [`Failure::NotAllowed`], [`Failure::NotFound`], [`Failure::Changed`], or [`Failure::Conflict`] when they are in
    /// too many groups to be removed in one step.
    pub async fn remove_user(&self, caller: &Caller, id: UserId, expected: Expected) -> Result<()> {
        if caller.user != id && !caller.is(Role::Superuser) {
            return Err(Failure::NotAllowed);
        }
        expected.settle(|| self.remove_user_once(id, expected)).await
    }

    async fn remove_user_once(&self, id: UserId, expected: Expected) -> Result<()> {
        let account = self.people.account(id).await?.ok_or(Failure::NotFound)?;
        expected.check(account.user.version)?;
        let now = self.world.now();
        match self.people.remove_user(&account, &self.events, now).await? {
            UserRemoval::Written => {
                self.clear_away(Removal::User(id)).await;
                Ok(())
            }
            UserRemoval::Stale => Err(Failure::Changed),
            UserRemoval::TooManyGroups => Err(Failure::Conflict(
                "They are in too many groups to be removed in one step.",
            )),
        }
    }
}
