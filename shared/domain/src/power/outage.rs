use jiff::Timestamp;

use super::{Cause, Place};
use crate::ids::{NoticeId, OutageId};

/// Where an outage is found: what has no power, and the cut's place in the history of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutageKey {
    /// What has no power.
    pub place: Place,
    /// Since when.
    pub started_at: Timestamp,
    /// Which outage.
    pub id: OutageId,
}

/// One cut: it opens once and closes once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Where it is found.
    pub key: OutageKey,
    /// When the power came back.
    pub ended_at: Option<Timestamp>,
    /// Who or what noticed it.
    pub cause: Cause,
    /// The outage of a home's region in which it began, of which the region's followers are told.
    pub within: Option<OutageKey>,
    /// The notice that told people of the cut.
    pub notice: NoticeId,
    /// The notice that told them it is over.
    pub restored_notice: Option<NoticeId>,
}

impl Outage {
    /// How long it lasted, in whole seconds; nothing while it lasts.
    #[must_use]
    pub fn duration_s(&self) -> Option<i64> {
        self.ended_at
            .map(|end| (end.as_second() - self.key.started_at.as_second()).max(0))
    }
}
