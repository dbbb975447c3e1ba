use crate::Invalid;

/// What people can ask to be told no more. News without a topic was asked for by what its reader did: a password, a
/// ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Events that are about to start.
    Reminders,
    /// Power that is out, or back, or planned to be cut.
    Outages,
    /// What operators mail to many.
    Mailings,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 3] = [Self::Reminders, Self::Outages, Self::Mailings];

    /// Its name in JSON and the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reminders => "reminders",
            Self::Outages => "outages",
            Self::Mailings => "mailings",
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// When it is the name of no topic.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|topic| topic.name() == raw);
        found.ok_or_else(|| Invalid::because("Must be one of reminders, outages, mailings."))
    }

    /// Its number, from 1, where a name would be too long; it never changes.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Reminders => 1,
            Self::Outages => 2,
            Self::Mailings => 3,
        }
    }

    /// The topic with this number.
    #[must_use]
    pub fn numbered(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.number() == number)
    }
}
