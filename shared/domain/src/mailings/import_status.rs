use crate::Invalid;

/// Where the import of a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStatus {
    /// The file is not there yet, or its import was not started.
    Waiting,
    /// Its rows are being worked through.
    Running,
    /// Every row is imported or refused.
    Finished,
    /// The file cannot be imported; rows before the one where that showed may be.
    Failed,
}

impl ImportStatus {
    const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Finished, Self::Failed];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Failed => "failed",
        }
    }

    /// Back from [`Self::name`].
    ///
    /// # Errors
    /// When it is no status.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|status| status.name() == raw);
        found.ok_or_else(|| Invalid::because("Must be waiting, running, finished or failed."))
    }

    /// Whether nothing more is done.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Finished | Self::Failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_is_read_by_its_name_and_nothing_else_is() {
        for status in ImportStatus::ALL {
            assert_eq!(ImportStatus::parse(status.name()).unwrap(), status);
        }
        assert!(ImportStatus::parse("Running").is_err());
    }
}
