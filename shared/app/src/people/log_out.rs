use kabar_domain::people::Caller;

use super::tokens::RefreshToken;
use crate::{App, Failure, Result};

impl App {
    /// Ends the session of this refresh token, or all of the caller's.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when the token is not one of the caller's.
    pub async fn log_out(&self, caller: &Caller, refresh: Option<&str>) -> Result<()> {
        let session = match refresh {
            None => None,
            Some(token) => {
                let token = RefreshToken::parse(token).filter(|token| token.user == caller.user);
                let not_yours = || Failure::field("refresh", "Is not a refresh token of yours.");
                Some(token.ok_or_else(not_yours)?.session)
            }
        };
        Ok(self.people.end_sessions(caller.user, session).await?)
    }
}
