use std::sync::{Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use kabar_domain::World;

/// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const HASH_BYTES: usize = 32;
const SALT_BYTES: usize = 16;
/// The head of a PHC string with these parameters.
const HEAD: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

/// Hashes passwords in one buffer that it keeps: Argon2's own would grow the heap by 19 MB with every hash.
#[derive(Default)]
pub struct Passwords {
    blocks: Mutex<Vec<Block>>,
}

impl Passwords {
    /// A password's hash as a PHC string, with a new salt.
    ///
    /// # Errors
    /// When Argon2 refuses the input.
    pub fn hash(&self, world: &dyn World, password: &[u8]) -> Result<String, argon2::Error> {
        let mut salt = [0; SALT_BYTES];
        world.fill_random(&mut salt);
        let hash = self.digest(password, &salt)?;
        Ok(format!("{HEAD}{}${}", BASE64.encode(salt), BASE64.encode(hash)))
    }

    /// Whether a password has this hash. Without a hash it takes as long and is `false`, so that nobody learns from
    /// the time it takes whether there is such a user.
    #[must_use]
    pub fn verify(&self, hash: Option<&str>, password: &[u8]) -> bool {
        let known = hash.and_then(|hash| hash.strip_prefix(HEAD)?.split_once('$'));
        let (salt, expected) = known.unwrap_or(("AAAAAAAAAAAAAAAAAAAAAA", ""));
        let (Ok(salt), Ok(expected)) = (BASE64.decode(salt), BASE64.decode(expected)) else {
            return false;
        };
        let Ok(digest) = self.digest(password, &salt) else {
            return false;
        };
        // All bytes are compared, whatever the first ones say.
        let differs = digest
            .iter()
            .zip(&expected)
            .fold(0, |differs, (a, b)| differs | (a ^ b));
        expected.len() == HASH_BYTES && differs == 0
    }

    fn digest(&self, password: &[u8], salt: &[u8]) -> Result<[u8; HASH_BYTES], argon2::Error> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(HASH_BYTES))?;
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.resize(params.block_count(), Block::default());
        let mut hash = [0; HASH_BYTES];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
            password,
            salt,
            &mut hash,
            blocks.as_mut_slice(),
        )?;
        Ok(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::Replay;

    #[test]
    fn only_the_password_itself_has_its_hash() {
        let passwords = Passwords::default();
        let world = Replay::of("seed".into(), jiff::Timestamp::UNIX_EPOCH);
        let hash = passwords.hash(&*world, b"correct horse").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify(Some(&hash), b"correct horse"));
        for wrong in [&b"Correct horse"[..], b"", b"correct horse "] {
            assert!(!passwords.verify(Some(&hash), wrong));
        }
        assert!(!passwords.verify(None, b"correct horse"));
        assert!(!passwords.verify(Some("plain"), b"plain"));
    }

    #[test]
    fn the_head_names_the_parameters_that_are_used() {
        assert_eq!(
            HEAD,
            format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$")
        );
    }
}
