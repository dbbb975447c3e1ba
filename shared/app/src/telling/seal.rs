use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use hmac::{Hmac, KeyInit, Mac};
use kabar_domain::Invalid;
use sha2::Sha256;

/// RFC 2104 §3: a key of an HMAC has at least the size of the hash.
const SHORTEST_KEY: usize = 32;
/// RFC 2104 §5: at least half of the hash.
const MAC_BYTES: usize = 16;

/// Makes tokens for one purpose of what they say and a proof that we said it, and reads them.
#[derive(Clone)]
pub(super) struct Seal(Hmac<Sha256>);

impl Seal {
    /// No token for another purpose is one of this seal's, even with the same key. No purpose begins with another.
    ///
    /// # Errors
    /// When the key is too short.
    pub(super) fn new(key: &str, purpose: &str) -> Result<Self, Invalid> {
        let too_short = || {
            Invalid::because(format!(
                "the link key must have at least {SHORTEST_KEY} characters"
            ))
        };
        if key.len() < SHORTEST_KEY {
            return Err(too_short());
        }
        let keyed = Hmac::new_from_slice(key.as_bytes()).map_err(|_| too_short())?;
        Ok(Self(keyed.chain_update(purpose)))
    }

    /// The token that says this.
    pub(super) fn token(&self, said: &[u8]) -> String {
        let mac = self.0.clone().chain_update(said).finalize().into_bytes();
        BASE64.encode([said, &mac[..MAC_BYTES]].concat())
    }

    /// What a token says, in as many bytes as that takes; nothing if we did not make it.
    pub(super) fn read<const N: usize>(&self, token: &str) -> Option<[u8; N]> {
        let bytes = BASE64.decode(token).ok()?;
        let (said, mac) = bytes.split_at_checked(N)?;
        if mac.len() != MAC_BYTES {
            return None;
        }
        // In constant time: how long a refusal takes says nothing of the right token.
        let keyed = self.0.clone().chain_update(said);
        keyed.verify_truncated_left(mac).ok()?;
        said.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(key: char, purpose: &str) -> Seal {
        Seal::new(&key.to_string().repeat(SHORTEST_KEY), purpose).unwrap()
    }

    #[test]
    fn a_token_says_what_was_said_to_who_has_the_key_for_the_same_purpose() {
        let token = seal('k', "stop").token(&[1, 2, 3]);
        assert_eq!(seal('k', "stop").read(&token), Some([1, 2, 3]));
        assert_eq!(
            seal('x', "stop").read::<3>(&token),
            None,
            "of another installation"
        );
        assert_eq!(seal('k', "show").read::<3>(&token), None, "for something else");
        assert_eq!(seal('k', "stop").read::<2>(&token), None, "shorter");
        assert_eq!(seal('k', "stop").read::<4>(&token), None, "longer");
    }

    #[test]
    fn a_token_that_is_not_ours_in_every_bit_is_none() {
        let seal = seal('k', "stop");
        let token = seal.token(&[7; 19]);
        let bytes = BASE64.decode(&token).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut forged = bytes.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(seal.read::<19>(&BASE64.encode(forged)), None, "bit {bit}");
        }
        for length in 0..token.len() {
            assert_eq!(
                seal.read::<19>(&token[..length]),
                None,
                "{length} characters of it"
            );
        }
        for other in [format!("{token}="), format!("{token}A"), format!(" {token}")] {
            assert_eq!(seal.read::<19>(&other), None, "{other:?}");
        }
    }

    #[test]
    fn a_short_key_is_refused() {
        assert!(Seal::new("short", "stop").is_err());
    }
}
