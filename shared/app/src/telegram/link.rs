use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use jiff::{SignedDuration, Timestamp};
use kabar_domain::people::Caller;
use sha2::{Digest, Sha256};

use crate::{App, Result};

/// For how long a link is good: as long as it takes to open Telegram.
const LIFETIME: SignedDuration = SignedDuration::from_mins(15);
/// 43 characters, of the 64 that a deep link can carry.
const TOKEN_BYTES: usize = 32;

/// A link that connects a chat, once.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// Where it leads.
    pub url: String,
    /// When it is no longer good.
    pub expires_at: Timestamp,
}

impl App {
    /// Makes a link by which the caller connects a chat of theirs. Whoever opens it first has the caller's news, so only
    /// its hash is kept.
    ///
    /// # Errors
    /// When the store did not answer, or [`Failure::Secrets`].
    pub async fn link_chat(&self, caller: &Caller) -> Result<NewLink> {
        let bot = self.bot().await?.name();
        let mut token = [0; TOKEN_BYTES];
        self.world.fill_random(&mut token);
        let token = BASE64.encode(token);
        let expires_at = self.world.now() + LIFETIME;
        self.grid.add_link(&hash(&token), caller.user, expires_at).await?;
        Ok(NewLink {
            url: format!("https://t.me/{bot}?start={token}"),
            expires_at,
        })
    }
}

/// What a token is kept as.
pub(super) fn hash(token: &str) -> String {
    BASE64.encode(Sha256::digest(token))
}
