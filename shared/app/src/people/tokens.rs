use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use kabar_domain::{
    World,
    ids::{SessionId, UserId},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Failure, Result};

/// Who signs, and for whom.
const ISSUER: &str = "kabar";
const AUDIENCE: &str = "kabar-api";
/// RFC 9068 §2.1: the type that says that this is an access token and nothing else.
const TYPE: &str = "at+jwt";
/// RFC 7518 §3.2: an HS256 key has at least the size of the hash.
const SHORTEST_KEY: usize = 32;
const SECRET_BYTES: usize = 32;

/// How long tokens are good.
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    /// Of an access token.
    pub access: SignedDuration,
    /// Of a refresh token, and so of a session that nobody refreshes.
    pub refresh: SignedDuration,
}

/// Makes and reads tokens: signed access tokens (RFC 8725), and refresh tokens that are only a secret.
pub struct Tokens {
    key_digest: [u8; 32],
    signing: EncodingKey,
    checking: DecodingKey,
    validation: Validation,
    lifetimes: Lifetimes,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    iat: i64,
    exp: i64,
}

/// A refresh token, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RefreshToken {
    pub(super) user: UserId,
    pub(super) session: SessionId,
    secret: [u8; SECRET_BYTES],
}

impl Tokens {
    /// Tokens signed with this key.
    ///
    /// # Errors
    /// When the key is too short.
    pub fn new(key: &str, lifetimes: Lifetimes) -> std::result::Result<Self, kabar_domain::Invalid> {
        if key.len() < SHORTEST_KEY {
            let reason = format!("the token key must have at least {SHORTEST_KEY} characters");
            return Err(kabar_domain::Invalid::because(reason));
        }
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
        // The library would ask the machine for the time; ours is handed in.
        validation.validate_exp = false;
        Ok(Self {
            key_digest: Sha256::digest(key).into(),
            signing: EncodingKey::from_secret(key.as_bytes()),
            checking: DecodingKey::from_secret(key.as_bytes()),
            validation,
            lifetimes,
        })
    }

    /// A name for these bytes that only this installation can make: of a body with a password in it, say.
    ///
    /// The inner hashes have one length, so no two lists of parts look alike.
    #[must_use]
    pub fn fingerprint(&self, parts: &[&[u8]]) -> String {
        let keyed = Sha256::new().chain_update(self.key_digest);
        let all = parts
            .iter()
            .fold(keyed, |all, part| all.chain_update(Sha256::digest(part)));
        BASE64.encode(all.finalize())
    }

    pub(super) fn session_end(&self, now: Timestamp) -> i64 {
        (now + self.lifetimes.refresh).as_second()
    }

    /// An access token of a session.
    ///
    /// # Errors
    /// [`Failure::Defect`] when it cannot be signed.
    pub fn access(&self, user: UserId, session: SessionId, now: Timestamp) -> Result<String> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user.to_string(),
            sid: session.to_string(),
            iat: now.as_second(),
            exp: (now + self.lifetimes.access).as_second(),
        };
        let header = Header {
            typ: Some(TYPE.to_owned()),
            ..Header::new(Algorithm::HS256)
        };
        encode(&header, &claims, &self.signing).map_err(|e| Failure::Defect(e.to_string()))
    }

    /// The person and the session of an access token that is good now.
    pub(super) fn read_access(&self, token: &str, now: Timestamp) -> Option<(UserId, SessionId)> {
        let header = decode_header(token).ok()?;
        let claims = decode::<Claims>(token, &self.checking, &self.validation)
            .ok()?
            .claims;
        let is_good = header.typ.as_deref() == Some(TYPE) && now.as_second() < claims.exp;
        is_good.then_some((UserId::parse(&claims.sub)?, SessionId::parse(&claims.sid)?))
    }
}

impl RefreshToken {
    pub(super) fn new(world: &dyn World, user: UserId, session: SessionId) -> Self {
        let mut secret = [0; SECRET_BYTES];
        world.fill_random(&mut secret);
        Self {
            user,
            session,
            secret,
        }
    }

    pub(super) fn encode(&self) -> String {
        BASE64.encode([&self.user.to_bytes()[..], &self.session.to_bytes(), &self.secret].concat())
    }

    pub(super) fn parse(token: &str) -> Option<Self> {
        let bytes: [u8; 32 + SECRET_BYTES] = BASE64.decode(token).ok()?.try_into().ok()?;
        Some(Self {
            user: UserId::from_bytes(bytes[..16].try_into().ok()?),
            session: SessionId::from_bytes(bytes[16..32].try_into().ok()?),
            secret: bytes[32..].try_into().ok()?,
        })
    }

    /// What the store keeps of it. The secret is random, so one round of SHA-256 is enough.
    pub(super) fn hash(&self) -> String {
        BASE64.encode(Sha256::digest(self.secret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "a key of at least thirty-two characters";
    const LIFETIMES: Lifetimes = Lifetimes {
        access: SignedDuration::from_hours(3),
        refresh: SignedDuration::from_hours(24),
    };

    fn ids() -> (UserId, SessionId) {
        let id = "01990000-0000-7000-8000-000000000001";
        (UserId::parse(id).unwrap(), SessionId::parse(id).unwrap())
    }

    #[test]
    fn an_access_token_is_good_until_it_expires() {
        let tokens = Tokens::new(KEY, LIFETIMES).unwrap();
        let (user, session) = ids();
        let token = tokens.access(user, session, Timestamp::UNIX_EPOCH).unwrap();
        let read = |second| tokens.read_access(&token, Timestamp::from_second(second).unwrap());
        assert_eq!(read(10_799), Some((user, session)));
        assert_eq!(read(10_800), None);
    }

    #[test]
    fn tokens_of_another_key_kind_or_algorithm_are_refused() {
        let tokens = Tokens::new(KEY, LIFETIMES).unwrap();
        let (user, session) = ids();
        let other = Tokens::new(&KEY.replace('a', "b"), LIFETIMES).unwrap();
        let foreign = other.access(user, session, Timestamp::UNIX_EPOCH).unwrap();
        let good = tokens.access(user, session, Timestamp::UNIX_EPOCH).unwrap();
        let (_, payload_and_signature) = good.split_once('.').unwrap();
        let unsigned = format!(
            "{}.{}.",
            BASE64.encode(r#"{"alg":"none","typ":"at+jwt"}"#),
            payload_and_signature.split_once('.').unwrap().0
        );
        let claims = decode::<Claims>(&good, &tokens.checking, &tokens.validation)
            .unwrap()
            .claims;
        let other_kind = encode(&Header::new(Algorithm::HS256), &claims, &tokens.signing).unwrap();
        for token in [
            foreign.as_str(),
            &unsigned,
            &other_kind,
            "",
            "a.b.c",
            &good[..good.len() - 2],
        ] {
            assert_eq!(tokens.read_access(token, Timestamp::UNIX_EPOCH), None, "{token}");
        }
    }

    #[test]
    fn a_short_key_is_refused() {
        assert!(Tokens::new("short", LIFETIMES).is_err());
    }
}
