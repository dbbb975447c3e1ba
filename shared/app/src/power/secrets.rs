//! What devices call with, and what makes somebody a member of a home.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use kabar_domain::{
    World,
    ids::{DetectorId, HomeId},
};
use sha2::{Digest, Sha256};

/// As many as nobody guesses, and a key still fits into the 96 characters that small devices have room for.
const SECRET_BYTES: usize = 16;
const ID_BYTES: usize = 16;

/// What a device calls with: it says which device it is, so that one write of that finds it and stores its beat. It shows
/// itself to nobody else, so it has no `Debug`.
pub(super) struct DeviceKey {
    pub(super) home: HomeId,
    pub(super) detector: DetectorId,
    secret: [u8; SECRET_BYTES],
}

impl DeviceKey {
    pub(super) fn new(world: &dyn World, home: HomeId, detector: DetectorId) -> Self {
        let mut secret = [0; SECRET_BYTES];
        world.fill_random(&mut secret);
        Self {
            home,
            detector,
            secret,
        }
    }

    pub(super) fn encode(&self) -> String {
        BASE64.encode([&self.home.to_bytes()[..], &self.detector.to_bytes(), &self.secret].concat())
    }

    pub(super) fn parse(key: &str) -> Option<Self> {
        let bytes: [u8; 2 * ID_BYTES + SECRET_BYTES] = BASE64.decode(key).ok()?.try_into().ok()?;
        Some(Self {
            home: HomeId::from_bytes(bytes[..ID_BYTES].try_into().ok()?),
            detector: DetectorId::from_bytes(bytes[ID_BYTES..2 * ID_BYTES].try_into().ok()?),
            secret: bytes[2 * ID_BYTES..].try_into().ok()?,
        })
    }

    /// What the store keeps of it. The secret is random, so one round of SHA-256 is enough.
    pub(super) fn hash(&self) -> String {
        BASE64.encode(Sha256::digest(self.secret))
    }
}

/// What makes somebody a member of a home. It shows itself to nobody else either.
pub(super) struct InvitationCode {
    pub(super) home: HomeId,
    secret: [u8; SECRET_BYTES],
}

impl InvitationCode {
    pub(super) fn new(world: &dyn World, home: HomeId) -> Self {
        let mut secret = [0; SECRET_BYTES];
        world.fill_random(&mut secret);
        Self { home, secret }
    }

    pub(super) fn encode(&self) -> String {
        BASE64.encode([&self.home.to_bytes()[..], &self.secret].concat())
    }

    /// Forgives the space around a code that was copied from a message.
    pub(super) fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; ID_BYTES + SECRET_BYTES] = BASE64.decode(code.trim()).ok()?.try_into().ok()?;
        Some(Self {
            home: HomeId::from_bytes(bytes[..ID_BYTES].try_into().ok()?),
            secret: bytes[ID_BYTES..].try_into().ok()?,
        })
    }

    pub(super) fn hash(&self) -> String {
        BASE64.encode(Sha256::digest(self.secret))
    }
}
