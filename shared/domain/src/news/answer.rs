use super::Status;
use crate::Invalid;

/// What a provider says became of a mail that it took, the weightier the later: an answer stands until one of more
/// weight comes, in whatever order they arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// The reader's mail server took it.
    Delivered,
    /// Their server did not take it for long enough: the mailbox is full, the server is down, the mail too large.
    SoftBounce,
    /// There is no such mailbox, and never will be.
    HardBounce,
    /// The reader called it spam.
    Complaint,
}

impl Answer {
    /// Every answer, by weight.
    pub const ALL: [Self; 4] = [
        Self::Delivered,
        Self::SoftBounce,
        Self::HardBounce,
        Self::Complaint,
    ];

    /// Its name in metrics, logs, and as the reason beside a message.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::SoftBounce => "soft_bounce",
            Self::HardBounce => "hard_bounce",
            Self::Complaint => "complaint",
        }
    }

    /// Its number in the store, from 1: its weight.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Delivered => 1,
            Self::SoftBounce => 2,
            Self::HardBounce => 3,
            Self::Complaint => 4,
        }
    }

    /// The answer with this number.
    ///
    /// # Errors
    /// When there is none.
    pub fn numbered(number: u8) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|answer| answer.number() == number);
        found.ok_or_else(|| Invalid::because("Is not the number of an answer."))
    }

    /// Where a message stands of which this was said.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::Delivered => Status::Delivered,
            Self::SoftBounce | Self::HardBounce => Status::Bounced,
            Self::Complaint => Status::Complained,
        }
    }

    /// Whether the mail came back.
    #[must_use]
    pub const fn is_bounce(self) -> bool {
        matches!(self, Self::SoftBounce | Self::HardBounce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_numbered_and_ordered_by_weight() {
        assert!(Answer::ALL.is_sorted());
        for answer in Answer::ALL {
            assert_eq!(Answer::numbered(answer.number()), Ok(answer));
            assert!(answer.status().is_terminal());
        }
        assert!(Answer::numbered(0).is_err());
    }
}
