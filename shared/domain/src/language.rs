use crate::Invalid;

/// A language Kabar speaks. The codes are ISO 639-1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Indonesian.
    Id,
}

impl Language {
    /// Every language, so that tests can speak them all.
    pub const ALL: [Self; 2] = [Self::En, Self::Id];

    /// Reads a code.
    ///
    /// # Errors
    /// When it names no language that Kabar speaks.
    pub fn parse(code: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .ok_or_else(|| Invalid::because("Must be one of en, id."))
    }

    /// The ISO 639-1 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Id => "id",
        }
    }
}
