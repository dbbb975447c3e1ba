use crate::Invalid;

/// Why a chat is not told any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inactive {
    /// Its person said `/stop`, or connected another chat.
    Stopped,
    /// Its person blocked the bot.
    Blocked,
    /// Its person's account in Telegram is deleted.
    Deactivated,
    /// The bot was removed from the group or channel.
    Kicked,
    /// Telegram knows no such chat, or the bot has never met it.
    NotFound,
    /// Telegram does not let the bot write there, for another reason.
    Forbidden,
    /// It moved to a chat that is told already.
    Moved,
}

impl Inactive {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::Stopped,
        Self::Blocked,
        Self::Deactivated,
        Self::Kicked,
        Self::NotFound,
        Self::Forbidden,
        Self::Moved,
    ];

    /// Its name in JSON and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Blocked => "blocked",
            Self::Deactivated => "deactivated",
            Self::Kicked => "kicked",
            Self::NotFound => "not_found",
            Self::Forbidden => "forbidden",
            Self::Moved => "moved",
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// When it is the name of no reason.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|reason| reason.name() == raw);
        found.ok_or_else(|| Invalid::because("Is not the name of a reason."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_read_by_its_name() {
        for reason in Inactive::ALL {
            assert_eq!(Inactive::parse(reason.name()), Ok(reason));
        }
        assert!(Inactive::parse("bored").is_err());
    }
}
