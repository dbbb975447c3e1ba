use kabar_domain::people::Caller;

use super::tokens::RefreshToken;
use crate::{App, Failure, Result};

impl App {
    /// Whoever keeps this refresh token in a browser, where it is not traded for another: two pages that are open side by
    /// side would trade the same one, which ends a session. One read.
    ///
    /// # Errors
    /// [`Failure::NotLoggedIn`] when the session has ended or the token is not its own.
    pub async fn enter(&self, refresh: &str) -> Result<Caller> {
        let token = RefreshToken::parse(refresh).ok_or(Failure::NotLoggedIn)?;
        let now = self.world.now();
        let account = self
            .people
            .account(token.user)
            .await?
            .ok_or(Failure::NotLoggedIn)?;
        let session = account.sessions.get(&token.session.to_string());
        let is_open = session.is_some_and(|session| {
            session.expires_at > now.as_second() && session.secret_hash == token.hash()
        });
        if !is_open {
            return Err(Failure::NotLoggedIn);
        }
        Ok(Caller {
            user: token.user,
            session: token.session,
            roles: account.user.roles(),
        })
    }
}
