use kabar_domain::{ids::AddressId, people::Email};
use sha2::{Digest, Sha256};

/// What an address is called where it must not be read: in keys, in URLs, in logs.
#[must_use]
pub fn address_id(email: &Email) -> AddressId {
    AddressId::of_hash(Sha256::digest(email.folded()).into())
}
