use kabar_domain::{
    ids::{HomeId, UserId},
    people::Caller,
    power::{Invitation, MOST_MEMBERS},
};
use kabar_store::power::{HomeRead, HomeWrite};

use super::{homes::written_home, secrets::InvitationCode};
use crate::{App, Expected, Failure, Result};

const NO_CODE: &str = "This code is not good, or not any more.";

impl App {
    /// Makes the caller a member of the home that a code is for.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when the code is not good, or not for them; [`Failure::Conflict`] when they are in the home or in
    /// too many, or the home has too many members.
    pub async fn join_home(&self, caller: &Caller, code: &str) -> Result<HomeRead> {
        let no_code = || Failure::field("code", NO_CODE);
        let code = InvitationCode::parse(code).ok_or_else(no_code)?;
        let hash = code.hash();
        let attempt = || async {
            let now = self.world.now();
            let before = self.grid.home(code.home).await?.ok_or_else(no_code)?;
            let mut after = before.home.clone();
            after.drop_expired(now);
            let is_theirs = |one: &Invitation| one.user.is_none_or(|user| user == caller.user);
            let found = after
                .invitations
                .iter()
                .position(|one| one.hash == hash && is_theirs(one));
            after.invitations.remove(found.ok_or_else(no_code)?);
            if after.is_of(caller.user) {
                return Err(Failure::Conflict("You are in this home."));
            }
            if after.members.len() >= MOST_MEMBERS {
                return Err(Failure::Conflict(
                    "This home has as many members as a home can have.",
                ));
            }
            self.has_room_for_home(caller.user).await?;
            after.members.push(caller.user);
            let written = self
                .grid
                .join_home(&before.home, &after, caller.user, &self.people, now)
                .await?;
            written_home(written, after, before)
        };
        Expected::Any.settle(attempt).await
    }

    /// Ends a membership: the caller's own, or any of a home of the caller's.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none that the caller may know of, or [`Failure::NotAllowed`].
    pub async fn remove_member(&self, caller: &Caller, id: HomeId, user: UserId) -> Result<()> {
        let attempt = || async {
            let HomeRead { home: before, .. } = self.home(caller, id).await?;
            if before.owner != caller.user && user != caller.user {
                return Err(Failure::NotAllowed);
            }
            let mut after = before.clone();
            after.members.retain(|member| *member != user);
            if after.members.len() == before.members.len() {
                return Err(Failure::NotFound);
            }
            let now = self.world.now();
            match self.grid.leave_home(&before, &after, user, now).await? {
                HomeWrite::Written => Ok(()),
                HomeWrite::Stale | HomeWrite::NoRegion | HomeWrite::NoUser => Err(Failure::Changed),
            }
        };
        Expected::Any.settle(attempt).await
    }
}
