/// Where a mailing stands, as people see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailingStatus {
    /// Its time has not come.
    Scheduled,
    /// People are being told.
    Running,
    /// It stands still until somebody lets it go on.
    Paused,
    /// Every message has come to an end.
    Finished,
    /// Somebody called it off.
    Cancelled,
}

impl MailingStatus {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
        }
    }
}
