use jiff::Timestamp;

use super::News;
use crate::{
    World,
    ids::{EventId, NoticeId, RegionId, UserId},
};

/// Whom a notice is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who follows the region.
    Followers(RegionId),
    /// Everybody who holds a registration for the event.
    Holders(EventId),
    /// One person.
    Person(UserId),
}

/// What to tell whom, until when. Written in the transaction of the change that it tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which.
    pub id: NoticeId,
    /// What happened.
    pub news: News,
    /// Whom it is for.
    pub audience: Audience,
    /// When it was written.
    pub created_at: Timestamp,
    /// Nobody is told before.
    pub not_before: Timestamp,
    /// Nobody is told after.
    pub deadline: Timestamp,
}

impl Notice {
    /// A notice to tell at once.
    #[must_use]
    pub fn new(world: &dyn World, news: News, audience: Audience) -> Self {
        let now = world.now();
        let deadline = now
            .saturating_add(news.kind().lifetime())
            .unwrap_or(Timestamp::MAX);
        Self {
            id: NoticeId::new(world),
            news,
            audience,
            created_at: now,
            not_before: now,
            deadline,
        }
    }

    /// The same notice, of which nobody is told before.
    #[must_use]
    pub fn not_before(mut self, not_before: Timestamp) -> Self {
        self.not_before = not_before;
        self
    }

    /// The same notice, of which nobody is told after.
    #[must_use]
    pub fn until(mut self, deadline: Timestamp) -> Self {
        self.deadline = deadline;
        self
    }
}

/// How far a notice has been planned into pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The place in the audience up to which pages are written; nothing before the first.
    pub cursor: Option<String>,
    /// Pages written.
    pub pages: u32,
    /// People on those pages.
    pub people: u32,
    /// Whether the whole audience is planned.
    pub is_complete: bool,
}
