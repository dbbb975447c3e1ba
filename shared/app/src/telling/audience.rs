//! Who comes next in an audience.

use std::collections::{BTreeSet, HashSet};

use jiff::Timestamp;
use kabar_domain::{
    Zone,
    ids::{ClientId, EventId, HomeId, NoticeId, RegionId, UserId},
    mailings::ClientTerm,
    news::{Addressee, Audience, Notice, Plan, Reader, Slice, cut},
    power::OutageKey,
};
use kabar_store::{Result, StoreError};

use super::{Planner, client_audience::Seen};

/// How many followers are read at a time: half a megabyte, a sixth of a second of a partition's reading.
const FOLLOWERS_READ: u16 = 2_000;
/// How many registrations are read at a time: their people stand in no order that pages need, and each page of them is
/// sent by reading what lies between its first and last one.
const HOLDINGS_READ: u16 = 1_000;
/// How many pages of followers a transaction writes: with the notice and up to four checks far below its hundred items.
const FOLLOWERS_PAGES: usize = 20;
/// How many pages of ticket holders, or of residents, a transaction can write: a thousand people of any languages and
/// zones may need as many.
pub(super) const HOLDERS_PAGES: usize = 90;

/// The next part of an audience.
pub(super) struct Stretch {
    /// Its people, cut for pages.
    pub(super) slices: Vec<Slice>,
    /// Where to go on after them; nothing if there is no such place.
    pub(super) cursor: Option<String>,
    /// Whether nobody comes after them.
    pub(super) is_last: bool,
    /// For clients, their part of the audience, and what they were found by.
    pub(super) clients: Option<(u8, ClientTerm)>,
    /// When people in a zone can be told.
    pub(super) ready_at: Box<dyn Fn(&Zone) -> Timestamp + Send + Sync>,
}

impl Stretch {
    /// People who can be told at any time.
    pub(super) fn at_once(slices: Vec<Slice>, cursor: Option<String>, is_last: bool) -> Self {
        Self {
            slices,
            cursor,
            is_last,
            clients: None,
            ready_at: Box::new(|_| Timestamp::MIN),
        }
    }

    /// Nobody more.
    pub(super) fn end() -> Self {
        Self::at_once(Vec::new(), None, true)
    }
}

impl Planner {
    /// The next part of a notice's audience.
    pub(super) async fn stretch(&self, notice: &Notice, plan: &Plan, seen: &mut Seen) -> Result<Stretch> {
        let cursor = plan.cursor.as_deref();
        match notice.audience {
            Audience::Followers(region) => self.followers(region, cursor).await,
            Audience::Home { home, within } => self.people_of(home, within).await,
            Audience::HomeChats { home, within } => self.chats_at(home, within).await,
            Audience::Residents(region) => self.residents(region, cursor).await,
            Audience::Holders(event) => self.holders(event, notice.id, cursor).await,
            Audience::Person(user) => self.person(user).await,
            Audience::Clients(mailing) => self.clients(mailing, notice, plan, seen).await,
            Audience::Trial(client) => self.trial(client).await,
            Audience::Chats(region) => self.chats(region, cursor).await,
            Audience::Chat(chat) => self.chat(chat).await,
        }
    }

    /// One step plans one person, so that there is no place to go on from.
    async fn person(&self, user: UserId) -> Result<Stretch> {
        Ok(Stretch::at_once(
            cut(&self.readers([user]).await?, true),
            None,
            true,
        ))
    }

    /// The people of a home: so few that one step plans them. Left out is who hears of it otherwise.
    async fn people_of(&self, home: HomeId, within: Option<OutageKey>) -> Result<Stretch> {
        let people = self.told_at_home(home, within).await?;
        let mut readers = self.readers(people).await?;
        in_order_of_pages(&mut readers);
        Ok(Stretch::at_once(cut(&readers, true), None, true))
    }

    /// The people of a home but for those who hear of it otherwise: within an outage of their region these are its
    /// followers, but for those of whom the check that opened the home's outage noted that they hear of it from the home.
    pub(super) async fn told_at_home(&self, home: HomeId, within: Option<OutageKey>) -> Result<Vec<UserId>> {
        let read = self.grid.home(home).await?;
        let mut people: Vec<UserId> = read.iter().flat_map(|read| read.home.people()).collect();
        if let Some(outage) = within
            && let Some(region) = outage.place.region()
        {
            let (followings, hearers) = tokio::try_join!(
                self.grid.followings_among(region, &people),
                self.grid.hearers_at(home, region, &people)
            )?;
            let hears = |user| {
                let mut theirs = hearers.iter().filter(|hearer| hearer.user == user);
                theirs.any(|hearer| hearer.within == Some(outage.id))
            };
            let others = followings.into_iter().map(|following| following.user);
            let others: HashSet<UserId> = others.filter(|user| !hears(*user)).collect();
            people.retain(|one| !others.contains(one));
        }
        Ok(people)
    }

    /// Whoever tries a mailing.
    async fn trial(&self, id: ClientId) -> Result<Stretch> {
        let found = self.mailings.trial(id).await?;
        let reader = found.map(|client| Reader {
            to: Addressee::Client(id),
            language: client.reads(),
            zone: client.zone,
        });
        Ok(Stretch {
            clients: Some((0, ClientTerm::All)),
            ..Stretch::at_once(cut(reader.as_slice(), true), None, true)
        })
    }

    async fn followers(&self, region: RegionId, cursor: Option<&str>) -> Result<Stretch> {
        let (rows, is_last) = self.grid.followers_after(region, cursor, FOLLOWERS_READ).await?;
        let (mut cursors, readers): (Vec<_>, Vec<_>) =
            rows.into_iter().map(|row| (row.cursor, row.reader)).unzip();
        let mut slices = cut(&readers, is_last);
        let is_last = is_last && slices.len() <= FOLLOWERS_PAGES;
        slices.truncate(FOLLOWERS_PAGES);
        cursors.truncate(slices.iter().map(|slice| slice.people.len()).sum());
        Ok(Stretch::at_once(slices, cursors.pop(), is_last))
    }

    /// Ticket holders, each once, however many tickets they hold, in the order of their ids. Left out is who
    /// registered after this very notice was written, for they have one of their own.
    async fn holders(&self, event: EventId, notice: NoticeId, cursor: Option<&str>) -> Result<Stretch> {
        let after = cursor
            .map(|text| UserId::parse(text).ok_or_else(|| StoreError::Unreadable("a cursor".to_owned())))
            .transpose()?;
        let found = self.events.holdings_after(event, after, HOLDINGS_READ).await?;
        let people: BTreeSet<UserId> = found.registrations.iter().map(|held| held.user).collect();
        let told: BTreeSet<UserId> = found
            .registrations
            .iter()
            .filter(|held| held.reminded != Some(notice))
            .map(|held| held.user)
            .collect();
        let (mut people, mut is_last) = (people.into_iter().collect::<Vec<_>>(), found.is_last);
        let mut readers = self.readers(told).await?;
        in_order_of_pages(&mut readers);
        loop {
            let slices = cut(&readers, true);
            if slices.len() <= HOLDERS_PAGES {
                let cursor = people.last().map(ToString::to_string);
                return Ok(Stretch::at_once(slices, cursor, is_last));
            }
            // People of too many languages and zones for one transaction: the rest comes with the next step.
            people.truncate(people.len() / 2);
            readers.retain(|reader| {
                people
                    .last()
                    .is_some_and(|last| reader.to <= Addressee::User(*last))
            });
            is_last = false;
        }
    }

    /// People with what a page needs of them; whose account is gone is left out.
    pub(super) async fn readers(&self, people: impl IntoIterator<Item = UserId>) -> Result<Vec<Reader>> {
        let users = self.people.users_by_id(people).await?;
        let reader = |user: kabar_domain::people::User| Reader {
            to: Addressee::User(user.id),
            language: user.profile.language,
            zone: user.profile.zone,
        };
        Ok(users.into_iter().map(reader).collect())
    }
}

/// Those who will share a page stand together.
pub(super) fn in_order_of_pages(readers: &mut [Reader]) {
    readers.sort_unstable_by(|a, b| {
        (a.language.code(), a.zone.name(), a.to).cmp(&(b.language.code(), b.zone.name(), b.to))
    });
}
