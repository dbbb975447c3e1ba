use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use kabar_domain::{World, ids::UserId};
use sha2::{Digest, Sha256};

const SECRET_BYTES: usize = 32;

/// What a person who forgot their password is mailed. It shows itself to nobody else, so it has no `Debug`.
pub(crate) struct ResetCode {
    pub(super) user: UserId,
    secret: [u8; SECRET_BYTES],
}

impl ResetCode {
    pub(crate) fn new(world: &dyn World, user: UserId) -> Self {
        let mut secret = [0; SECRET_BYTES];
        world.fill_random(&mut secret);
        Self { user, secret }
    }

    pub(crate) fn encode(&self) -> String {
        BASE64.encode([&self.user.to_bytes()[..], &self.secret].concat())
    }

    /// Forgives the space around a code that was copied from a mail.
    pub(super) fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 16 + SECRET_BYTES] = BASE64.decode(code.trim()).ok()?.try_into().ok()?;
        Some(Self {
            user: UserId::from_bytes(bytes[..16].try_into().ok()?),
            secret: bytes[16..].try_into().ok()?,
        })
    }

    /// What the store keeps of it. The secret is random, so one round of SHA-256 is enough.
    pub(crate) fn hash(&self) -> String {
        BASE64.encode(Sha256::digest(self.secret))
    }
}
