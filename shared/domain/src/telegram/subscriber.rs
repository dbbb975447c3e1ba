use jiff::Timestamp;

use super::{ChatId, Inactive};
use crate::{
    Language, Zone,
    ids::{RegionId, UserId},
};

/// The longest title of a chat, in characters; Telegram's own have at most 128.
pub const CHAT_TITLE_MAX: usize = 255;
/// The most regions that can be named for a chat: each has a row, and all rows are written in one transaction of at
/// most a hundred items.
pub const MOST_COVERED: usize = 40;

/// Of which regions a chat is told by the word of staff, or of whoever pressed "follow" on a region's page there, beside
/// those that its person follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// Of all.
    All,
    /// Of these, at most [`MOST_COVERED`].
    These(Vec<RegionId>),
}

impl Coverage {
    /// Whether the region is one of them.
    #[must_use]
    pub fn has(&self, region: RegionId) -> bool {
        match self {
            Self::All => true,
            Self::These(regions) => regions.contains(&region),
        }
    }

    /// Whether it is of no region.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self, Self::These(regions) if regions.is_empty())
    }
}

/// A chat that is told by Telegram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// The chat as it was first known, by which it is found; it never changes.
    pub id: ChatId,
    /// Where it is reached: elsewhere, once a group has become a supergroup.
    pub chat: ChatId,
    /// What it is called; perhaps empty.
    pub title: String,
    /// The person whose chat it is, who is told here of the regions that they follow by Telegram.
    pub user: Option<UserId>,
    /// Of which regions it is told, whoever's chat it is.
    pub regions: Coverage,
    /// What is read there.
    pub language: Language,
    /// Where its clock stands.
    pub zone: Zone,
    /// Why it is not told any more, if so.
    pub inactive: Option<Inactive>,
    /// Since when it is told, or not told any more.
    pub since: Timestamp,
    /// How often it has changed.
    pub version: u64,
}

impl Subscriber {
    /// A chat that is told of nothing yet.
    #[must_use]
    pub fn new(chat: ChatId, language: Language, zone: Zone, now: Timestamp) -> Self {
        Self {
            id: chat,
            chat,
            title: String::new(),
            user: None,
            regions: Coverage::These(Vec::new()),
            language,
            zone,
            inactive: None,
            since: now,
            version: 1,
        }
    }

    /// The same chat, told again, or not any more; "since" stays true when it already was so.
    #[must_use]
    pub fn turned(mut self, inactive: Option<Inactive>, now: Timestamp) -> Self {
        if self.inactive.is_some() != inactive.is_some() {
            self.since = now;
            self.inactive = inactive;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_is_when_it_turned_and_why_is_what_turned_it() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let chat = ChatId::new(7).unwrap();
        let told = Subscriber::new(chat, Language::En, Zone::utc(), at(1)).turned(None, at(2));
        assert_eq!((told.since, told.inactive), (at(1), None));
        let blocked = told.turned(Some(Inactive::Blocked), at(3));
        let stopped = blocked.turned(Some(Inactive::Stopped), at(4));
        assert_eq!(
            (stopped.since, stopped.inactive),
            (at(3), Some(Inactive::Blocked))
        );
        assert_eq!(stopped.turned(None, at(5)).since, at(5));
    }

    #[test]
    fn all_regions_are_more_than_any_that_are_named() {
        let (one, other) = (RegionId::from_bytes([1; 16]), RegionId::from_bytes([2; 16]));
        let these = Coverage::These(vec![one]);
        assert!(these.has(one) && !these.has(other) && !these.is_none());
        assert!(Coverage::All.has(other) && !Coverage::All.is_none());
        assert!(Coverage::These(Vec::new()).is_none());
    }
}
