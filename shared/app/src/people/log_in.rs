use std::{collections::HashMap, net::IpAddr};

use jiff::Timestamp;
use kabar_domain::{
    ids::{SessionId, UserId},
    people::{Email, TryWindow, Username},
};
use kabar_store::people::{Session, Try};

use super::tokens::{RefreshToken, Tokens};
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
    /// Logs in with a username or an email address, `from` a network address if that is known. Four requests to the
    /// store, or two when it is refused to try; a name that nobody has takes as many, and as long.
    ///
    /// A try is counted as failed before the password is looked at, and taken back if it was right. So of hundreds
    /// at once no more than ten are looked at, those of an office with one address included. Whoever fails on
    /// purpose locks somebody else out, but only until the window ends, for what is refused is not counted.
    ///
    /// # Errors
    /// [`Failure::WrongCredentials`], which does not say what is wrong; [`Failure::TooManyTries`].
    pub async fn log_in(&self, name: &str, password: &str, from: Option<IpAddr>) -> Result<TokenPair> {
        let tokens = self.tokens().await?;
        let known = self.find(name).await?;
        let login = Try {
            against: counted_against(tokens, name, known, from),
            window: TryWindow::at(self.world.now()),
        };
        if !self.people.count_try(&login).await? {
            return Err(Failure::TooManyTries {
                retry_after: login.window.seconds_left(self.world.now()),
            });
        }
        // Nobody has a new id: a read that takes as long as anybody's.
        let user = known.unwrap_or_else(|| UserId::new(&*self.world));
        let account = self.people.account(user).await?;
        let hash = account.as_ref().map(|account| account.password_hash.as_str());
        if !self.passwords.verify(hash, password.as_bytes()) {
            return Err(Failure::WrongCredentials);
        }
        let account = account.ok_or(Failure::WrongCredentials)?;
        let now = self.world.now();
        let session = SessionId::new(&*self.world);
        let refresh = RefreshToken::new(&*self.world, user, session);
        let value = Session {
            secret_hash: refresh.hash(),
            expires_at: tokens.session_end(now),
        };
        let ended = to_end(&account.sessions, now);
        if !self
            .people
            .open_session(&account, session, &value, &ended, &login)
            .await?
        {
            return Err(Failure::WrongCredentials);
        }
        let access = tokens.access(user, session, now)?;
        Ok(TokenPair {
            refresh: refresh.encode(),
            access,
        })
    }

    /// A username may look like an address; an address is only looked for if nobody is called so.
    pub(super) async fn find(&self, name: &str) -> Result<Option<UserId>> {
        let (username, email) = (Username::parse(name).ok(), Email::parse(name).ok());
        Ok(self.people.user_called(username.as_ref(), email.as_ref()).await?)
    }
}

/// What a login counts against, as fingerprints: no name or address lies in the store for having been tried.
fn counted_against(tokens: &Tokens, name: &str, known: Option<UserId>, from: Option<IpAddr>) -> Vec<String> {
    let account = match known {
        Some(user) => tokens.fingerprint(&[b"account", &user.to_bytes()]),
        None => {
            let folded = name.trim().to_lowercase();
            tokens.fingerprint(&[b"name", folded.as_bytes()])
        }
    };
    let address = from.map(|address| match address.to_canonical() {
        IpAddr::V4(address) => tokens.fingerprint(&[b"address", &address.octets()]),
        // Whoever has one address of IPv6 has the whole /64.
        IpAddr::V6(address) => tokens.fingerprint(&[b"address", &address.octets()[..8]]),
    });
    [account].into_iter().chain(address).collect()
}

/// Sessions that have run out, and the ones nearest to their end beyond what a person can have.
fn to_end(sessions: &HashMap<String, Session>, now: Timestamp) -> Vec<String> {
    let mut by_end: Vec<(i64, &String)> = sessions.iter().map(|(id, s)| (s.expires_at, id)).collect();
    by_end.sort_unstable();
    let expired = by_end
        .iter()
        .take_while(|(end, _)| *end <= now.as_second())
        .count();
    let surplus = (by_end.len() + 1).saturating_sub(MOST_SESSIONS);
    by_end
        .into_iter()
        .take(expired.max(surplus))
        .map(|(_, id)| id.clone())
        .collect()
}
