use crate::{Invalid, bounded_text, ids::GroupId};

/// The name of a group of people; unique, and letter case matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupName(String);

impl GroupName {
    /// The longest name, in characters.
    pub const MAX_LENGTH: usize = 150;

    /// Reads a name.
    ///
    /// # Errors
    /// When it is empty, too long, or has control characters.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        bounded_text(raw, Self::MAX_LENGTH).map(Self)
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A group of people. Only the names `admin` and `organizer` mean something to Kabar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its number.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// How often it has changed; the entity tag.
    pub version: u64,
}
