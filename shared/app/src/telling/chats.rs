//! Chats in Telegram: who is told of a region there, and whom a page of them still reaches.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use kabar_courier::DispatchWork;
use kabar_domain::{
    ids::{HomeId, RegionId, UserId},
    news::{Addressee, Audience, Notice, Page, Reader, Recipient, cut},
    power::{Channel, OutageKey},
    telegram::{ChatId, Subscriber},
};
use kabar_store::{Result, StoreError, power::Chat};

use super::{
    Planner, Sender,
    audience::Stretch,
    contacts::{Contact, followed_by},
};

/// How many rows of an audience are read at a time.
const ROWS_READ: u16 = 1_000;
/// How many pages of chats a transaction writes: a thousand people of any languages and zones rarely need as many.
const CHATS_PAGES: usize = 40;

/// The parts of an audience in Telegram, in the order in which they are planned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Chats that staff have told of all regions.
    All,
    /// Chats that staff have told of this one.
    Region,
    /// Chats of people who follow the region by Telegram.
    Followers,
}

impl Part {
    const ORDER: [(Self, char); 3] = [(Self::All, 'a'), (Self::Region, 'b'), (Self::Followers, 'c')];

    /// The part that a cursor is in, and what it follows there.
    fn of(cursor: Option<&str>) -> Result<(Self, &str)> {
        let Some(cursor) = cursor else {
            return Ok((Self::All, ""));
        };
        let found = Self::ORDER
            .into_iter()
            .find_map(|(part, letter)| Some((part, cursor.strip_prefix(letter)?)));
        found.ok_or_else(|| StoreError::Unreadable("a cursor".to_owned()))
    }

    /// A place in this part.
    fn cursor(self, after: &str) -> String {
        let letter = Self::ORDER.into_iter().find(|(part, _)| *part == self);
        format!("{}{after}", letter.map_or('a', |(_, letter)| letter))
    }

    /// The part that comes next.
    fn next(self) -> Option<Self> {
        match self {
            Self::All => Some(Self::Region),
            Self::Region => Some(Self::Followers),
            Self::Followers => None,
        }
    }
}

impl Planner {
    /// Writes the notice that tells the same in Telegram, if anybody may be told there. It comes before the first page of
    /// this one, which stays due until then, so that it is not lost; and its id follows from this one's, so that it is
    /// written once.
    pub(super) async fn tell_in_telegram(&self, notice: &Notice) -> Result<()> {
        let Some(twin) = notice.in_telegram() else {
            return Ok(());
        };
        let has_chats = match twin.audience {
            Audience::Chats(region) => self.grid.has_chats(region).await?,
            Audience::HomeChats { home, within } => !self.home_chats(home, within).await?.is_empty(),
            _ => false,
        };
        if has_chats {
            self.notices.add(&twin).await?;
            // What the queue does not take is found by the sweep.
            let _ = self.dispatch.put(DispatchWork::Plan(twin.id), 0).await;
        }
        Ok(())
    }

    /// The next chats that are told of a region.
    pub(super) async fn chats(&self, region: RegionId, cursor: Option<&str>) -> Result<Stretch> {
        let (part, after) = Part::of(cursor)?;
        let (readers, ends, mut is_end) = match part {
            Part::All | Part::Region => {
                let of = (part == Part::Region).then_some(region);
                let (rows, is_end) = self.grid.covered_after(of, after, ROWS_READ).await?;
                let (ends, readers): (Vec<_>, Vec<_>) =
                    rows.into_iter().map(|row| (row.cursor, row.reader)).unzip();
                (readers, ends, is_end)
            }
            Part::Followers => return self.following_chats(region, after).await,
        };
        let mut slices = cut(&readers, is_end);
        is_end = is_end && slices.len() <= CHATS_PAGES;
        slices.truncate(CHATS_PAGES);
        let people: usize = slices.iter().map(|slice| slice.people.len()).sum();
        let cursor = match (is_end, part.next()) {
            (true, Some(next)) => next.cursor(""),
            _ => part.cursor(people.checked_sub(1).map_or(after, |last| &ends[last])),
        };
        Ok(Stretch::at_once(slices, Some(cursor), false))
    }

    /// Chats of followers; those that staff have told of the region were planned before.
    async fn following_chats(&self, region: RegionId, after: &str) -> Result<Stretch> {
        let (users, is_last) = self
            .grid
            .telegram_followers_after(region, after, ROWS_READ)
            .await?;
        let (mut users, mut is_last) = (users, is_last);
        let found = self.grid.chats_of(users.iter().copied().collect()).await?;
        let mut chats: Vec<Subscriber> = found.into_iter().map(|chat| chat.subscriber).collect();
        chats.retain(|chat| chat.inactive.is_none() && !chat.regions.has(region));
        chats.sort_unstable_by_key(|chat| (chat.language.code(), chat.zone.name().to_owned(), chat.id));
        loop {
            let readers: Vec<Reader> = chats.iter().map(reader).collect();
            let slices = cut(&readers, true);
            if slices.len() <= CHATS_PAGES {
                let cursor = users.last().map(|user| Part::Followers.cursor(&user.to_string()));
                return Ok(Stretch::at_once(slices, cursor, is_last));
            }
            // People of too many languages and zones for one transaction: the rest comes with the next step.
            users.truncate(users.len() / 2);
            let kept: HashSet<UserId> = users.iter().copied().collect();
            chats.retain(|chat| chat.user.is_some_and(|user| kept.contains(&user)));
            is_last = false;
        }
    }

    /// The chats of a home's people: so few that one step plans them.
    pub(super) async fn chats_at(&self, home: HomeId, within: Option<OutageKey>) -> Result<Stretch> {
        let mut chats = self.home_chats(home, within).await?;
        chats.sort_unstable_by_key(|chat| (chat.language.code(), chat.zone.name().to_owned(), chat.id));
        let readers: Vec<Reader> = chats.iter().map(reader).collect();
        Ok(Stretch::at_once(cut(&readers, true), None, true))
    }

    /// Left out is who hears of it otherwise, by whichever channel, and chats that staff have told of the region.
    async fn home_chats(&self, home: HomeId, within: Option<OutageKey>) -> Result<Vec<Subscriber>> {
        let people = self.told_at_home(home, within).await?;
        let found = self.grid.chats_of(people.into_iter().collect()).await?;
        let region = within.and_then(|outage| outage.place.region());
        let is_told = |chat: &Subscriber| {
            chat.inactive.is_none() && region.is_none_or(|region| !chat.regions.has(region))
        };
        let chats = found.into_iter().map(|chat| chat.subscriber);
        Ok(chats.filter(is_told).collect())
    }

    /// One chat, if it is told at all.
    pub(super) async fn chat(&self, id: ChatId) -> Result<Stretch> {
        let found = self.grid.chat(id).await?;
        let reader = found.map(|chat| reader(&chat.subscriber));
        Ok(Stretch::at_once(cut(reader.as_slice(), true), None, true))
    }
}

impl Sender {
    /// Those of a page's chats that are still told of a region, as they are now, but for those whose person hears of this
    /// very cut from a home of theirs. What staff have a chat told of is told there in any case.
    pub(super) async fn chats(
        &self,
        region: RegionId,
        notice: &Notice,
        page: &Page,
    ) -> Result<HashMap<Addressee, Contact>> {
        let mut chats = self.page_chats(page).await?;
        let may_follow = |chat: &Chat| {
            chat.subscriber
                .user
                .filter(|_| !chat.subscriber.regions.has(region))
        };
        let users: BTreeSet<UserId> = chats.iter().filter_map(may_follow).collect();
        let by = followed_by(notice);
        let is_in_time = |since: Timestamp| by.is_none_or(|by| since <= by);
        let mut told: HashSet<UserId> = HashSet::new();
        if let (Some(&first), Some(&last)) = (users.first(), users.last()) {
            let people: Vec<UserId> = users.into_iter().collect();
            let (followings, heard) = tokio::try_join!(
                self.grid.followings_among(region, &people),
                self.heard_at_home(region, notice, first, last)
            )?;
            let by_telegram = followings
                .into_iter()
                .filter(|one| one.channels.contains(&Channel::Telegram) && is_in_time(one.since));
            let by_telegram = by_telegram.map(|one| one.user);
            told.extend(by_telegram.filter(|user| !heard.contains(user)));
        }
        chats.retain(|chat| {
            let follows = chat.subscriber.user.is_some_and(|user| told.contains(&user));
            follows && is_in_time(chat.subscriber.since) || chat.subscriber.regions.has(region)
        });
        Ok(chats.into_iter().map(contact).collect())
    }

    /// Those of a page's chats whose person still is of the home.
    pub(super) async fn chats_at(&self, home: HomeId, page: &Page) -> Result<HashMap<Addressee, Contact>> {
        let Some(read) = self.grid.home(home).await? else {
            return Ok(HashMap::new());
        };
        let mut chats = self.page_chats(page).await?;
        chats.retain(|chat| chat.subscriber.user.is_some_and(|user| read.home.is_of(user)));
        Ok(chats.into_iter().map(contact).collect())
    }

    /// The chat of a page that is for just one, if it is still there.
    pub(super) async fn chat(&self, page: &Page) -> Result<HashMap<Addressee, Contact>> {
        let chats = self.page_chats(page).await?;
        Ok(chats.into_iter().map(contact).collect())
    }

    async fn page_chats(&self, page: &Page) -> Result<Vec<Chat>> {
        let ids = page.people.iter().filter_map(|to| to.chat()).collect();
        self.grid.chats_by_id(ids).await
    }
}

fn reader(chat: &Subscriber) -> Reader {
    Reader {
        to: Addressee::Chat(chat.id),
        language: chat.language,
        zone: chat.zone.clone(),
    }
}

fn contact(chat: Chat) -> (Addressee, Contact) {
    let subscriber = &chat.subscriber;
    let recipient = Recipient {
        to: Addressee::Chat(subscriber.id),
        email: None,
        phone: None,
        first_name: String::new(),
        language: subscriber.language,
        zone: subscriber.zone.clone(),
    };
    let contact = Contact {
        recipient,
        tickets: Vec::new(),
        client: None,
        chat: Some(chat),
    };
    (contact.recipient.to, contact)
}
