use crate::Invalid;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Its page is planned and not yet in a lane.
    Waiting,
    /// Its person sleeps; it goes when their day begins.
    WrongTime,
    /// Its page is in a lane.
    Queued,
    /// A try failed; another will follow.
    Error,
    /// The provider took it.
    Sent,
    /// The provider says that it arrived.
    Delivered,
    /// Its deadline passed first.
    Expired,
    /// The person does not want it, or cannot be reached.
    Suppressed,
    /// The address does not take mail.
    Bounced,
    /// The person called it spam.
    Complained,
    /// There was no longer a reason to send it.
    Cancelled,
    /// The provider refused it for good.
    Failed,
}

impl Status {
    /// Every status, those on the way first.
    pub const ALL: [Self; 12] = [
        Self::Waiting,
        Self::WrongTime,
        Self::Queued,
        Self::Error,
        Self::Sent,
        Self::Delivered,
        Self::Expired,
        Self::Suppressed,
        Self::Bounced,
        Self::Complained,
        Self::Cancelled,
        Self::Failed,
    ];

    /// Its name in JSON, the store and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::WrongTime => "wrong_time",
            Self::Queued => "queued",
            Self::Error => "error",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Expired => "expired",
            Self::Suppressed => "suppressed",
            Self::Bounced => "bounced",
            Self::Complained => "complained",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// When it is the name of no status.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|status| status.name() == raw)
            .ok_or_else(|| Invalid::because("Is not the name of a status."))
    }

    /// Whether nothing more will happen to the message by itself.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        !matches!(self, Self::Waiting | Self::WrongTime | Self::Queued | Self::Error)
    }
}
