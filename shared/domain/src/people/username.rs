use crate::Invalid;

/// A name to log in with: letters, digits and `@ . + - _`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Username(String);

impl Username {
    /// What the older system allowed, and people have.
    pub const MAX_LENGTH: usize = 150;

    /// Reads a username.
    ///
    /// # Errors
    /// When it is empty, too long, or has other characters.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let allowed = |c: char| c.is_alphanumeric() || "@.+-_".contains(c);
        if raw.is_empty() {
            Err(Invalid::because("May not be empty."))
        } else if raw.chars().count() > Self::MAX_LENGTH {
            Err(Invalid::because(format!(
                "May have at most {} characters.",
                Self::MAX_LENGTH
            )))
        } else if !raw.chars().all(allowed) {
            Err(Invalid::because("May only contain letters, digits and @ . + - _"))
        } else {
            Ok(Self(raw.to_owned()))
        }
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes it unique: letter case does not.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}
