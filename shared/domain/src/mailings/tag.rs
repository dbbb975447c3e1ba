use crate::{Invalid, bounded_text};

/// A word by which clients are found, perhaps empty. Letter case counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

impl Tag {
    /// The longest tag, in characters (SPEC §8).
    pub const MAX_LENGTH: usize = 64;

    /// Reads a tag; blanks around it are not a part of it.
    ///
    /// # Errors
    /// When it is too long or has control characters.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        if raw.trim().is_empty() {
            return Ok(Self::default());
        }
        bounded_text(raw, Self::MAX_LENGTH).map(Self)
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_may_be_empty_and_has_at_most_64_characters() {
        assert_eq!(Tag::parse(" ").unwrap(), Tag::default());
        let longest = "ж".repeat(64);
        assert_eq!(Tag::parse(&longest).unwrap().as_str(), longest);
        assert!(Tag::parse(&format!("{longest}ж")).is_err());
        assert!(Tag::parse("a\nb").is_err());
    }
}
