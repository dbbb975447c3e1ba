use jiff::Timestamp;

use super::{Place, Power};
use crate::Invalid;

/// Who or what says whether there is power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The operator's word on a region.
    Operator,
    /// The homes of a region.
    Homes,
    /// Somebody of a home.
    Person,
    /// A device of a home said it outright.
    Device,
    /// The devices of a home fell silent, or are heard again.
    Silence,
    /// Nothing says anything any more.
    Nothing,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 6] = [
        Self::Operator,
        Self::Homes,
        Self::Person,
        Self::Device,
        Self::Silence,
        Self::Nothing,
    ];

    /// Reads a cause.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|cause| cause.name() == raw);
        found.ok_or_else(|| Invalid::because("There is no such cause."))
    }

    /// Its name in JSON and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Homes => "homes",
            Self::Person => "person",
            Self::Device => "device",
            Self::Silence => "silence",
            Self::Nothing => "nothing",
        }
    }
}

/// That a home or a region came to be something else: what its history is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// What changed.
    pub place: Place,
    /// What it was.
    pub from: Power,
    /// What it is.
    pub to: Power,
    /// Since when.
    pub at: Timestamp,
    /// Who or what said so.
    pub cause: Cause,
}
