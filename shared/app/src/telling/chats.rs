//! Chats in Telegram: who is told of a region there, and whom a page of them still reaches.

use std::collections::{HashMap, HashSet};

use kabar_courier::DispatchWork;
use kabar_domain::{
    ids::{RegionId, UserId},
    news::{Addressee, Notice, Page, Reader, Recipient, cut},
    telegram::{ChatId, Subscriber},
};
use kabar_store::{Result, StoreError, power::Chat};

use super::{Planner, Sender, audience::Stretch, contacts::Contact};

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
        let (Some(twin), Some(region)) = (notice.in_telegram(), notice.audience.region()) else {
            return Ok(());
        };
        if self.grid.has_chats(region).await? {
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

    /// One chat, if it is told at all.
    pub(super) async fn chat(&self, id: ChatId) -> Result<Stretch> {
        let found = self.grid.chat(id).await?;
        let reader = found.map(|chat| reader(&chat.subscriber));
        Ok(Stretch::at_once(cut(reader.as_slice(), true), None, true))
    }
}

impl Sender {
    /// Those of a page's chats that are still told, as they are now: of `region`, or whatever it is that is said to just
    /// them.
    pub(super) async fn chats(
        &self,
        region: Option<RegionId>,
        page: &Page,
    ) -> Result<HashMap<Addressee, Contact>> {
        let ids = page.people.iter().filter_map(|to| to.chat()).collect();
        let mut chats = self.grid.chats_by_id(ids).await?;
        if let Some(region) = region {
            let may_follow = |chat: &Chat| {
                chat.subscriber
                    .user
                    .filter(|_| !chat.subscriber.regions.has(region))
            };
            let users: HashSet<UserId> = chats.iter().filter_map(may_follow).collect();
            let follow: HashSet<UserId> = match users.is_empty() {
                true => HashSet::new(),
                false => self
                    .grid
                    .follow_by_telegram(region, users)
                    .await?
                    .into_iter()
                    .collect(),
            };
            chats.retain(|chat| {
                let follows = chat.subscriber.user.is_some_and(|user| follow.contains(&user));
                follows || chat.subscriber.regions.has(region)
            });
        }
        Ok(chats.into_iter().map(contact).collect())
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
