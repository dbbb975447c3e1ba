use std::collections::HashMap;

use jiff::Timestamp;
use kabar_domain::{
    ids::{SessionId, UserId},
    people::{Email, Username},
};
use kabar_store::people::Session;

use super::tokens::RefreshToken;
use crate::{App, Failure, Result};

/// How many logins a person can have at once; the one that would end first makes room.
///
/// Sessions lie with their user, who is read by every request: ten of them keep that read within one unit.
const MOST_SESSIONS: usize = 10;

/// What a login gives.
#[derive(Clone, Debug)]
pub struct TokenPair {
    /// Opens the next pair, once.
    pub refresh: String,
    /// Is sent with every request.
    pub access: String,
}

impl App {
    /// Logs in with a username or an address. Three requests to the store.
    ///
    /// # Errors
    /// [`Failure::WrongCredentials`], which does not say what is wrong.
    pub async fn log_in(&self, name: &str, password: &str) -> Result<TokenPair> {
        let account = match self.find(name).await? {
            Some(user) => self.people.account(user).await?,
            None => None,
        };
        let hash = account.as_ref().map(|account| account.password_hash.as_str());
        if !self.passwords.verify(hash, password.as_bytes()) {
            return Err(Failure::WrongCredentials);
        }
        let account = account.ok_or(Failure::WrongCredentials)?;
        let now = self.world.now();
        let session = SessionId::new(&*self.world);
        let refresh = RefreshToken::new(&*self.world, account.user.id, session);
        let value = Session {
            secret_hash: refresh.hash(),
            expires_at: self.tokens.session_end(now),
        };
        let ended = to_end(account.sessions, now);
        if !self
            .people
            .open_session(account.user.id, session, &value, &ended)
            .await?
        {
            return Err(Failure::WrongCredentials);
        }
        let access = self.tokens.access(account.user.id, session, now)?;
        Ok(TokenPair {
            refresh: refresh.encode(),
            access,
        })
    }

    /// A username may look like an address; an address is only looked for if nobody is called so.
    async fn find(&self, name: &str) -> Result<Option<UserId>> {
        if let Ok(username) = Username::parse(name)
            && let Some(user) = self.people.user_named(&username).await?
        {
            return Ok(Some(user));
        }
        match Email::parse(name) {
            Ok(email) => Ok(self.people.user_at(&email).await?),
            Err(_) => Ok(None),
        }
    }
}

/// Sessions that have run out, and the ones nearest to their end beyond what a person can have.
fn to_end(sessions: HashMap<String, Session>, now: Timestamp) -> Vec<String> {
    let mut by_end: Vec<(i64, String)> = sessions.into_iter().map(|(id, s)| (s.expires_at, id)).collect();
    by_end.sort_unstable();
    let expired = by_end
        .iter()
        .take_while(|(end, _)| *end <= now.as_second())
        .count();
    let surplus = (by_end.len() + 1).saturating_sub(MOST_SESSIONS);
    by_end
        .into_iter()
        .take(expired.max(surplus))
        .map(|(_, id)| id)
        .collect()
}
