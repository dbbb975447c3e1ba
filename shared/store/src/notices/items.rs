//! Notices and pages as they lie in the table.

use std::collections::HashMap;

use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    ids::{ClaimId, ClientId, EventId, HomeId, MailingId, NoticeId, PageId, RegionId, UserId},
    mailings::{ClientTerm, OperatorCode, Tag},
    news::{Addressee, Audience, Lane, Notice, Page, Plan, Status, Stretch, Tally},
    power::{Channel, OutageKey},
    telegram::ChatId,
};
use serde::{Deserialize, Serialize};

use super::{Claim, facts::OutageKeyItem, story::NewsItem};
use crate::{Result, StoreError, instant::Millis, keys};

#[derive(Serialize, Deserialize)]
pub(super) struct NoticeItem {
    pub(super) pk: String,
    pub(super) sk: String,
    pub(super) list_pk: String,
    pub(super) list_sk: String,
    /// Absent once the notice is planned to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) due_pk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) due_sk: Option<String>,
    pub(super) id: String,
    pub(super) news: NewsItem,
    pub(super) audience: AudienceItem,
    pub(super) created_at: Millis,
    pub(super) not_before: Millis,
    pub(super) deadline: Millis,
    pub(super) cursor: Option<String>,
    pub(super) pages: u32,
    pub(super) people: u32,
    pub(super) is_complete: bool,
    pub(super) round: u32,
    /// Part and first page of each stretch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) stretches: Vec<(u8, u32)>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub(super) enum AudienceItem {
    Followers {
        region: String,
    },
    Home {
        home: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<OutageKeyItem>,
    },
    Residents {
        region: String,
    },
    Holders {
        event: String,
    },
    Person {
        user: String,
    },
    Clients {
        mailing: String,
    },
    Trial {
        client: String,
    },
    Chats {
        region: String,
    },
    HomeChats {
        home: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<OutageKeyItem>,
    },
    Chat {
        chat: i64,
    },
}

#[derive(Serialize, Deserialize)]
pub(super) struct PageItem {
    pub(super) pk: String,
    pub(super) sk: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) due_pk: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) due_sk: Option<String>,
    pub(super) lane: String,
    pub(super) channel: String,
    pub(super) language: String,
    pub(super) time_zone: String,
    /// The ids of its people, sixteen bytes each.
    #[serde(with = "serde_bytes")]
    pub(super) people: Vec<u8>,
    /// The term by which they were found, if they are clients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) clients: Option<TermItem>,
    pub(super) created_at: Millis,
    pub(super) state: String,
    pub(super) failures: u32,
    /// When a sender may take it.
    pub(super) not_before: Millis,
    /// Which slot of its notice it has in the lane, from 0; none while it waits in line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) slot: Option<u8>,
    /// What the notice's counters have of its messages, by status.
    pub(super) counted: Counts,
    /// The places whose messages the breakdown has, a bit for each.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "serde_bytes")]
    pub(super) broken_down: Vec<u8>,
    /// The last claim on it; absent on a page that nobody has worked on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) claim: Option<String>,
    /// When that claim lapses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) claimed_until: Option<Millis>,
    /// The places that those who died on the page left in doubt.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "serde_bytes")]
    pub(super) doubtful: Vec<u8>,
}

/// What clients were found by.
#[derive(Serialize, Deserialize)]
pub(super) struct TermItem {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operator_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
}

impl From<&ClientTerm> for TermItem {
    fn from(term: &ClientTerm) -> Self {
        Self {
            operator_code: term.operator_code().map(|code| code.as_str().to_owned()),
            tag: term.tag().map(|tag| tag.as_str().to_owned()),
        }
    }
}

impl TryFrom<TermItem> for ClientTerm {
    type Error = StoreError;

    fn try_from(item: TermItem) -> Result<Self> {
        let code = item
            .operator_code
            .as_deref()
            .map(OperatorCode::parse)
            .transpose()?;
        let tag = item.tag.as_deref().map(Tag::parse).transpose()?;
        Ok(Self::of(code.as_ref(), tag.as_ref()))
    }
}

pub(super) fn id<T>(parsed: Option<T>) -> Result<T> {
    parsed.ok_or_else(|| StoreError::unreadable("an id"))
}

impl From<Audience> for AudienceItem {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Followers(region) => Self::Followers {
                region: region.to_string(),
            },
            Audience::Home { home, within } => Self::Home {
                home: home.to_string(),
                within: within.map(OutageKeyItem::from),
            },
            Audience::HomeChats { home, within } => Self::HomeChats {
                home: home.to_string(),
                within: within.map(OutageKeyItem::from),
            },
            Audience::Residents(region) => Self::Residents {
                region: region.to_string(),
            },
            Audience::Holders(event) => Self::Holders {
                event: event.to_string(),
            },
            Audience::Person(user) => Self::Person {
                user: user.to_string(),
            },
            Audience::Clients(mailing) => Self::Clients {
                mailing: mailing.to_string(),
            },
            Audience::Trial(client) => Self::Trial {
                client: client.to_string(),
            },
            Audience::Chats(region) => Self::Chats {
                region: region.to_string(),
            },
            Audience::Chat(chat) => Self::Chat { chat: chat.number() },
        }
    }
}

impl TryFrom<AudienceItem> for Audience {
    type Error = StoreError;

    fn try_from(item: AudienceItem) -> Result<Self> {
        Ok(match item {
            AudienceItem::Followers { region } => Self::Followers(id(RegionId::parse(&region))?),
            AudienceItem::Home { home, within } => Self::Home {
                home: id(HomeId::parse(&home))?,
                within: within.map(OutageKey::try_from).transpose()?,
            },
            AudienceItem::HomeChats { home, within } => Self::HomeChats {
                home: id(HomeId::parse(&home))?,
                within: within.map(OutageKey::try_from).transpose()?,
            },
            AudienceItem::Residents { region } => Self::Residents(id(RegionId::parse(&region))?),
            AudienceItem::Holders { event } => Self::Holders(id(EventId::parse(&event))?),
            AudienceItem::Person { user } => Self::Person(id(UserId::parse(&user))?),
            AudienceItem::Clients { mailing } => Self::Clients(id(MailingId::parse(&mailing))?),
            AudienceItem::Trial { client } => Self::Trial(id(ClientId::parse(&client))?),
            AudienceItem::Chats { region } => Self::Chats(id(RegionId::parse(&region))?),
            AudienceItem::Chat { chat } => Self::Chat(ChatId::new(chat)?),
        })
    }
}

impl From<&Notice> for NoticeItem {
    fn from(notice: &Notice) -> Self {
        let key = keys::notice(notice.id);
        let (shard, time) = keys::due(notice.not_before, &key);
        Self {
            pk: key.pk,
            sk: key.sk,
            list_pk: keys::NOTICES.to_owned(),
            list_sk: notice.id.to_string(),
            due_pk: Some(shard),
            due_sk: Some(time),
            id: notice.id.to_string(),
            news: (&notice.news).into(),
            audience: notice.audience.into(),
            created_at: notice.created_at.into(),
            not_before: notice.not_before.into(),
            deadline: notice.deadline.into(),
            cursor: None,
            pages: 0,
            people: 0,
            is_complete: false,
            round: 0,
            stretches: Vec::new(),
        }
    }
}

impl NoticeItem {
    pub(super) fn parts(self) -> Result<(Notice, Plan)> {
        let notice = Notice {
            id: id(NoticeId::parse(&self.id))?,
            news: self.news.try_into()?,
            audience: self.audience.try_into()?,
            created_at: self.created_at.into(),
            not_before: self.not_before.into(),
            deadline: self.deadline.into(),
        };
        let plan = Plan {
            cursor: self.cursor,
            pages: self.pages,
            people: self.people,
            is_complete: self.is_complete,
            round: self.round,
            stretches: self
                .stretches
                .into_iter()
                .map(|(shard, first)| Stretch { shard, first })
                .collect(),
        };
        Ok((notice, plan))
    }
}

impl PageItem {
    /// The claim that was given on it as it lay there.
    pub(super) fn into_claim(mut self, page: PageId, id: ClaimId) -> Result<Claim> {
        let (is_first, doubtful) = (self.claim.is_none(), std::mem::take(&mut self.doubtful));
        let slot = self.slot.ok_or_else(|| StoreError::unreadable("a slot"))?;
        let (counted, broken_down) = (read_tally(&self.counted), std::mem::take(&mut self.broken_down));
        Ok(Claim {
            page: self.into_page(page)?,
            id,
            is_first,
            is_take_over: false,
            doubtful,
            slot,
            counted,
            broken_down,
        })
    }

    pub(super) fn into_page(self, page: PageId) -> Result<Page> {
        let term: Option<ClientTerm> = self.clients.map(TryInto::try_into).transpose()?;
        let channel = Channel::parse(&self.channel)?;
        let people = self.people.chunks_exact(16).map(|bytes| {
            let bytes: [u8; 16] = bytes.try_into().map_err(StoreError::unreadable)?;
            Ok(match (channel, &term) {
                (Channel::Telegram, _) => Addressee::Chat(ChatId::from_bytes(bytes)),
                (_, None) => Addressee::User(UserId::from_bytes(bytes)),
                (_, Some(_)) => Addressee::Client(ClientId::from_bytes(bytes)),
            })
        });
        Ok(Page {
            id: page,
            lane: Lane::parse(&self.lane)?,
            channel,
            language: Language::parse(&self.language)?,
            zone: Zone::parse(&self.time_zone)?,
            people: people.collect::<Result<_>>()?,
            term,
            created_at: Timestamp::from(self.created_at),
            ready_at: Timestamp::from(self.not_before),
            failures: self.failures,
        })
    }
}

/// Messages by the name of their status, and how many were in doubt.
pub(super) type Counts = HashMap<String, u32>;

pub(super) fn read_tally(counts: &Counts) -> Tally {
    let mut tally = Tally {
        in_doubt: counts.get(IN_DOUBT).copied().unwrap_or_default(),
        ..Tally::default()
    };
    for status in Status::ALL {
        tally.add_all(status, counts.get(status.name()).copied().unwrap_or_default());
    }
    tally
}

pub(super) fn counts_of(tally: &Tally) -> Counts {
    let by_status = tally
        .by_status
        .iter()
        .map(|(status, count)| (status.name(), *count));
    let all = by_status.chain([(IN_DOUBT, tally.in_doubt)]);
    all.filter(|(_, count)| *count > 0)
        .map(|(name, count)| (name.to_owned(), count))
        .collect()
}

pub(super) const IN_DOUBT: &str = "in_doubt";
