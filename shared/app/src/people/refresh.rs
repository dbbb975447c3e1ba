use kabar_store::people::Session;

use super::{log_in::TokenPair, tokens::RefreshToken};
use crate::{App, Failure, Result};

impl App {
    /// Trades a refresh token for a new pair; the old one is then good for nothing. Two requests to the store.
    ///
    /// # Errors
    /// [`Failure::NotLoggedIn`] when the token is not the session's good one. An old one has been stolen, or its
    /// owner's was: the session ends for both.
    pub async fn refresh(&self, token: &str) -> Result<TokenPair> {
        let old = RefreshToken::parse(token).ok_or(Failure::NotLoggedIn)?;
        let tokens = self.tokens().await?;
        let account = self.people.account(old.user).await?.ok_or(Failure::NotLoggedIn)?;
        let session = account
            .sessions
            .get(&old.session.to_string())
            .ok_or(Failure::NotLoggedIn)?;
        let now = self.world.now();
        if session.expires_at <= now.as_second() {
            return Err(Failure::NotLoggedIn);
        }
        let new = RefreshToken::new(&*self.world, old.user, old.session);
        let value = Session {
            secret_hash: new.hash(),
            expires_at: tokens.session_end(now),
        };
        let is_rotated = session.secret_hash == old.hash()
            && self
                .people
                .rotate_session(old.user, old.session, &old.hash(), &value)
                .await?;
        if !is_rotated {
            self.people.end_sessions(old.user, Some(old.session)).await?;
            return Err(Failure::NotLoggedIn);
        }
        Ok(TokenPair {
            refresh: new.encode(),
            access: tokens.access(old.user, old.session, now)?,
        })
    }
}
