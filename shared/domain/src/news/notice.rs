use jiff::Timestamp;

use super::{Lane, News};
use crate::{
    World,
    ids::{ClientId, EventId, HomeId, MailingId, NoticeId, RegionId, UserId},
    power::{Channel, OutageKey},
    telegram::ChatId,
};

/// Whom a notice is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who follows the region.
    Followers(RegionId),
    /// The owner and the members of the home.
    Home {
        /// The home.
        home: HomeId,
        /// The region's outage that the home's lies within: left out is who hears of that from the region.
        within: Option<OutageKey>,
    },
    /// The people of the region's homes who do not follow it.
    Residents(RegionId),
    /// Everybody who holds a registration for the event.
    Holders(EventId),
    /// One person.
    Person(UserId),
    /// The clients whom a mailing goes to.
    Clients(MailingId),
    /// Whoever tries a mailing, as a client whom no list has.
    Trial(ClientId),
    /// Every chat that is told of the region in Telegram: by the word of staff, or because its person follows it there.
    Chats(RegionId),
    /// The chats that the owner and the members of the home have connected.
    HomeChats {
        /// The home.
        home: HomeId,
        /// The region's outage that the home's lies within: left out is who hears of that from the region.
        within: Option<OutageKey>,
    },
    /// One chat in Telegram.
    Chat(ChatId),
}

impl Audience {
    /// The region that it is of, if it is of one.
    #[must_use]
    pub const fn region(self) -> Option<RegionId> {
        match self {
            Self::Followers(region) | Self::Residents(region) | Self::Chats(region) => Some(region),
            Self::Home { .. }
            | Self::HomeChats { .. }
            | Self::Holders(_)
            | Self::Person(_)
            | Self::Clients(_)
            | Self::Trial(_)
            | Self::Chat(_) => None,
        }
    }
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

    /// How its people are reached.
    #[must_use]
    pub const fn channel(&self) -> Channel {
        match (self.audience, &self.news) {
            (Audience::Chats(_) | Audience::HomeChats { .. } | Audience::Chat(_), _) => Channel::Telegram,
            (_, News::Mailing { channel, .. }) => *channel,
            _ => Channel::Email,
        }
    }

    /// The lane it takes. A mailing to one client is somebody's trial, who waits for it.
    #[must_use]
    pub const fn lane(&self) -> Lane {
        match (self.channel(), self.audience) {
            (Channel::Sms, _) => Lane::Sms,
            (Channel::Telegram, _) => Lane::Telegram,
            (_, Audience::Trial(_)) => Lane::Urgent,
            _ => self.news.kind().lane(),
        }
    }

    /// The same news for those who are told of a region or of a home in Telegram: a notice of its own, so that neither channel waits
    /// for the other. Nothing for news that goes by one channel only.
    #[must_use]
    pub fn in_telegram(&self) -> Option<Self> {
        let audience = match self.audience {
            Audience::Followers(region) => Audience::Chats(region),
            Audience::Home { home, within } => Audience::HomeChats { home, within },
            _ => return None,
        };
        Some(Self {
            id: self.id.twin(),
            audience,
            ..self.clone()
        })
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
    /// How often its audience was to be gone through again, because it is another one.
    pub round: u32,
    /// Where in a great audience the pages came from, in the order of the pages.
    pub stretches: Vec<Stretch>,
    /// The place in the audience up to which pages are written; nothing before the first.
    pub cursor: Option<String>,
    /// Pages written.
    pub pages: u32,
    /// People on those pages.
    pub people: u32,
    /// Whether the whole audience is planned.
    pub is_complete: bool,
}

/// Pages of one part of an audience, up to where the next stretch begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The part.
    pub shard: u8,
    /// The number of its first page.
    pub first: u32,
}

impl Plan {
    /// Notes that the pages from `first` on come from a part of the audience.
    pub fn note_part(&mut self, shard: u8, first: u32) {
        if self.stretches.last().is_none_or(|last| last.shard != shard) {
            self.stretches.push(Stretch { shard, first });
        }
    }

    /// The numbers of the pages that came from a part of the audience.
    #[must_use]
    pub fn pages_of(&self, shard: u8) -> Vec<std::ops::RangeInclusive<u32>> {
        let ends = self
            .stretches
            .iter()
            .skip(1)
            .map(|next| next.first - 1)
            .chain([self.pages]);
        let stretches = self.stretches.iter().zip(ends);
        let of_shard = stretches.filter(|(stretch, _)| stretch.shard == shard);
        of_shard.map(|(stretch, end)| stretch.first..=end).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_a_part_are_those_of_all_its_stretches() {
        let stretches = [(0, 1), (1, 4), (0, 5)].map(|(shard, first)| Stretch { shard, first });
        let plan = Plan {
            pages: 7,
            stretches: stretches.to_vec(),
            ..Plan::default()
        };
        assert_eq!(plan.pages_of(0), [1..=3, 5..=7]);
        assert_eq!(plan.pages_of(1), [4..=4]);
        assert!(plan.pages_of(2).is_empty());
    }
}
