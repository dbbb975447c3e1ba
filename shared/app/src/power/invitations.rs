use jiff::Timestamp;
use kabar_domain::{
    ids::{HomeId, UserId},
    people::{Caller, Username},
    power::{INVITATION_LIFETIME, Invitation, MOST_INVITATIONS},
};

use super::{homes::written_home, secrets::InvitationCode};
use crate::{App, Expected, Failure, Result};

/// An invitation with its code, which is shown once.
#[derive(Clone)]
pub struct Invited {
    /// What makes somebody a member.
    pub code: String,
    /// The only person who can use it, if it is for one.
    pub user: Option<UserId>,
    /// Until when.
    pub expires_at: Timestamp,
}

impl App {
    /// Invites to a home of the caller's: whoever has the code, or one person only. A code is good for one of them, once.
    ///
    /// # Errors
    /// As for any change of a home; [`Failure::Invalid`] when there is no such user; [`Failure::Conflict`] when too many
    /// invitations are open, or the person is in the home.
    pub async fn invite(&self, caller: &Caller, id: HomeId, username: Option<Username>) -> Result<Invited> {
        self.own_home(caller, id).await?;
        let user = match username {
            None => None,
            Some(name) => {
                let found = self.people.user_named(&name).await?;
                Some(found.ok_or_else(|| Failure::field("username", "There is no such user."))?)
            }
        };
        // Drawn once: a request that is tried again has invited already.
        let code = InvitationCode::new(&*self.world, id);
        Expected::Any
            .settle(|| self.invite_once(caller, id, &code, user))
            .await
    }

    async fn invite_once(
        &self,
        caller: &Caller,
        id: HomeId,
        code: &InvitationCode,
        user: Option<UserId>,
    ) -> Result<Invited> {
        let before = self.own_home(caller, id).await?;
        if user.is_some_and(|user| before.home.is_of(user)) {
            return Err(Failure::Conflict("They are in this home."));
        }
        let now = self.world.now();
        let expires_at = now.saturating_add(INVITATION_LIFETIME).unwrap_or(Timestamp::MAX);
        let invited = Invited {
            code: code.encode(),
            user,
            expires_at,
        };
        let hash = code.hash();
        let mut after = before.home.clone();
        after.drop_expired(now);
        if after.invitations.iter().any(|one| one.hash == hash) {
            return Ok(invited);
        }
        if after.invitations.len() >= MOST_INVITATIONS {
            return Err(Failure::Conflict(
                "As many invitations as a home can have are open.",
            ));
        }
        after.invitations.push(Invitation {
            hash,
            user,
            expires_at,
        });
        let written = self.grid.change_home(&before.home, &after, now).await?;
        written_home(written, after, before)?;
        Ok(invited)
    }
}
