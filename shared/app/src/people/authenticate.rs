use kabar_domain::{ids::UserId, people::Caller};

use crate::{App, Failure, Result};

impl App {
    /// Looks up who sends this access token, and what they may do now. One read.
    ///
    /// # Errors
    /// [`Failure::NotLoggedIn`] when the token is not good, its session has ended, or its user is gone.
    pub async fn authenticate(&self, token: &str) -> Result<Caller> {
        let now = self.world.now();
        let (user, session) = self
            .tokens()
            .await?
            .read_access(token, now)
            .ok_or(Failure::NotLoggedIn)?;
        let account = self.people.account(user).await?.ok_or(Failure::NotLoggedIn)?;
        let is_open = account
            .sessions
            .get(&session.to_string())
            .is_some_and(|s| s.expires_at > now.as_second());
        if !is_open {
            return Err(Failure::NotLoggedIn);
        }
        Ok(Caller {
            user,
            session,
            roles: account.user.roles(),
        })
    }

    /// Whose access token this is, by its signature alone: good for telling people apart, not for letting them in.
    ///
    /// # Errors
    /// [`Failure::Secrets`].
    pub async fn signed_user(&self, token: &str) -> Result<Option<UserId>> {
        let read = self.tokens().await?.read_access(token, self.world.now());
        Ok(read.map(|(user, _)| user))
    }
}
