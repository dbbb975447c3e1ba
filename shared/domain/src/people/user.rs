use jiff::Timestamp;

use super::{Email, Role, Username};
use crate::{
    Invalid, Language, Zone, bounded_text,
    ids::{GroupId, UserId},
};

/// The longest first or last name, in characters.
pub const PERSON_NAME_MAX: usize = 150;

/// Reads a first or last name, which may be empty: not everybody has two.
///
/// # Errors
/// When it is too long or has control characters.
pub fn person_name(raw: &str) -> Result<String, Invalid> {
    if raw.trim().is_empty() {
        Ok(String::new())
    } else {
        bounded_text(raw, PERSON_NAME_MAX)
    }
}

/// What people say of themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// To log in with.
    pub username: Username,
    /// To be reached at.
    pub email: Email,
    /// Perhaps empty.
    pub first_name: String,
    /// Perhaps empty.
    pub last_name: String,
    /// Where their clock stands.
    pub zone: Zone,
    /// What they read.
    pub language: Language,
}

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Who.
    pub id: UserId,
    /// What they say of themselves.
    pub profile: Profile,
    /// Made by command.
    pub is_superuser: bool,
    /// The groups they are in.
    pub groups: Vec<(GroupId, String)>,
    /// Since when.
    pub date_joined: Timestamp,
    /// How often what is shown of them has changed, or they changed their password; the entity tag.
    pub version: u64,
}

impl User {
    /// What they may do.
    #[must_use]
    pub fn roles(&self) -> Vec<Role> {
        Role::of(
            self.is_superuser,
            self.groups.iter().map(|(_, name)| name.as_str()),
        )
    }
}
