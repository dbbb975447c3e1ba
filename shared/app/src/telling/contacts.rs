//! Whom a page reaches: those of its people who are still in the audience.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use kabar_domain::{
    events::Registration,
    ids::{EventId, HomeId, RegionId, TicketId, UserId},
    mailings::{Client, Mailing},
    news::{Addressee, Audience, News, Notice, Page, Recipient},
    power::Hearer,
};
use kabar_store::{
    Result,
    events::Events,
    power::{Chat, Stretch},
};

use super::Sender;

/// A person of a page, as a letter needs them.
pub(super) struct Contact {
    /// Whom to reach, in which words, by which clock.
    pub(super) recipient: Recipient,
    /// What the tickets are called that they hold for the event of the letter.
    pub(super) tickets: Vec<String>,
    /// The client, if it is one.
    pub(super) client: Option<Client>,
    /// The chat, if it is one.
    pub(super) chat: Option<Chat>,
}

impl Sender {
    /// Those of the page's people who are still in the audience, with what it takes to reach them.
    pub(super) async fn contacts(
        &self,
        notice: &Notice,
        mailing: Option<&Mailing>,
        page: &Page,
    ) -> Result<HashMap<Addressee, Contact>> {
        let (recipients, mut tickets) = match notice.audience {
            Audience::Followers(region) => (self.followers(region, notice, page).await?, HashMap::new()),
            Audience::Home { home, .. } => (self.people_of(home, page).await?, HashMap::new()),
            Audience::Residents(region) => (self.residents(region, page).await?, HashMap::new()),
            Audience::Holders(event) => self.holders(event, page).await?,
            Audience::Person(user) => {
                let recipients = self.recipients([user]).await?;
                let tickets = match event_of(&notice.news) {
                    Some(event) => tickets_of(&self.events, event, user).await?,
                    None => HashMap::new(),
                };
                (recipients, tickets)
            }
            Audience::Clients(_) => {
                return match mailing {
                    Some(mailing) => self.clients(mailing, page).await,
                    None => Ok(HashMap::new()),
                };
            }
            Audience::Trial(client) => return self.trial(client).await,
            Audience::Chats(region) => return self.chats(region, notice, page).await,
            Audience::HomeChats { home, .. } => return self.chats_at(home, page).await,
            Audience::Chat(_) => return self.chat(page).await,
        };
        let contact = |recipient: Recipient| {
            let held = recipient.to.user().and_then(|user| tickets.remove(&user));
            let contact = Contact {
                recipient,
                tickets: held.unwrap_or_default(),
                client: None,
                chat: None,
            };
            (contact.recipient.to, contact)
        };
        Ok(recipients.into_iter().map(contact).collect())
    }

    /// Those of the page who follow the region, but for those who hear of this very cut from a home of theirs.
    async fn followers(&self, region: RegionId, notice: &Notice, page: &Page) -> Result<Vec<Recipient>> {
        let people: Vec<UserId> = page.people.iter().filter_map(|to| to.user()).collect();
        let (Some(&first), Some(&last)) = (people.first(), people.last()) else {
            return Ok(Vec::new());
        };
        let stretch = Stretch {
            region,
            language: page.language,
            zone: &page.zone,
            first,
            last,
            by: followed_by(notice),
        };
        let (mut followers, heard) = tokio::try_join!(
            self.grid.followers_on(&stretch),
            self.heard_at_home(region, notice, first, last)
        )?;
        followers.retain(|one| one.to.user().is_none_or(|user| !heard.contains(&user)));
        Ok(followers)
    }

    /// Who of the people from the first to the last hears of a region's outage from a home of theirs.
    pub(super) async fn heard_at_home(
        &self,
        region: RegionId,
        notice: &Notice,
        first: UserId,
        last: UserId,
    ) -> Result<HashSet<UserId>> {
        // Nothing else is told of a home too.
        let (News::Outage { outage, .. } | News::Restored { outage, .. }) = &notice.news else {
            return Ok(HashSet::new());
        };
        let hearers = self.grid.hearers(region, first, last).await?;
        if hearers.is_empty() {
            return Ok(HashSet::new());
        }
        let told_at = self.told_at(notice).await?;
        let hears = |one: &&Hearer| one.hears_of(outage.id, told_at);
        Ok(hearers.iter().filter(hears).map(|one| one.user).collect())
    }

    /// When the notice of the outage was written that this one tells of, be it of its beginning or of its end.
    async fn told_at(&self, notice: &Notice) -> Result<Timestamp> {
        if let News::Restored { outage, .. } = &notice.news
            && let Some(outage) = self.grid.outage(*outage).await?
        {
            return Ok(outage.notice.created_at());
        }
        Ok(notice.created_at)
    }

    /// Those of the page who still are of the home.
    async fn people_of(&self, home: HomeId, page: &Page) -> Result<Vec<Recipient>> {
        let Some(read) = self.grid.home(home).await? else {
            return Ok(Vec::new());
        };
        let people = page.people.iter().filter_map(|to| to.user());
        self.recipients(people.filter(|user| read.home.is_of(*user)))
            .await
    }

    /// People who still hold a ticket, and which. When the event is gone, so are its tickets, and everybody who held
    /// one is to know.
    async fn holders(
        &self,
        event: EventId,
        page: &Page,
    ) -> Result<(Vec<Recipient>, HashMap<UserId, Vec<String>>)> {
        let people: HashSet<UserId> = page.people.iter().filter_map(|to| to.user()).collect();
        let (Some(&first), Some(&last)) = (people.iter().min(), people.iter().max()) else {
            return Ok((Vec::new(), HashMap::new()));
        };
        if self.events.seats(event).await?.is_none() {
            return Ok((self.recipients(people).await?, HashMap::new()));
        }
        let mut held = self.events.holdings_between(event, first, last).await?;
        held.retain(|registration| people.contains(&registration.user));
        let tickets = named(&self.events, &held).await?;
        Ok((self.recipients(tickets.keys().copied()).await?, tickets))
    }

    pub(super) async fn recipients(
        &self,
        people: impl IntoIterator<Item = UserId>,
    ) -> Result<Vec<Recipient>> {
        let users = self.people.users_by_id(people).await?;
        Ok(users.into_iter().map(Recipient::from).collect())
    }
}

/// By when people began to follow a region who are told of it: by the time of its outage. Whoever follows in the dark knows
/// of that, and if their home goes dark as well, hears it from there.
pub(super) const fn followed_by(notice: &Notice) -> Option<Timestamp> {
    match &notice.news {
        News::Outage { .. } => Some(notice.created_at),
        _ => None,
    }
}

/// What the tickets are called that a person holds for an event, by person.
pub(super) async fn tickets_of(
    events: &Events,
    event: EventId,
    user: UserId,
) -> Result<HashMap<UserId, Vec<String>>> {
    let held = events.holdings_between(event, user, user).await?;
    named(events, &held).await
}

/// What people hold, by name.
async fn named(events: &Events, held: &[Registration]) -> Result<HashMap<UserId, Vec<String>>> {
    let ids: HashSet<TicketId> = held.iter().map(|registration| registration.ticket).collect();
    let tickets = events.tickets_by_id(ids).await?;
    let names: HashMap<TicketId, String> = tickets
        .into_iter()
        .map(|ticket| (ticket.id, ticket.name))
        .collect();
    let mut by_user = HashMap::<UserId, Vec<String>>::new();
    for registration in held {
        // A ticket that was removed a moment ago takes its registrations along.
        if let Some(name) = names.get(&registration.ticket) {
            by_user.entry(registration.user).or_default().push(name.clone());
        }
    }
    Ok(by_user)
}

/// The event that one person's news is about.
pub(super) const fn event_of(news: &News) -> Option<EventId> {
    match news {
        News::Registered { event, .. }
        | News::RegistrationChanged { event, .. }
        | News::RegistrationCancelled { event, .. }
        | News::PaymentCompleted { event, .. }
        | News::EventChanged { event, .. }
        | News::Reminder { event, .. } => Some(event.id),
        News::Outage { .. }
        | News::Restored { .. }
        | News::HomeOutage { .. }
        | News::HomeRestored { .. }
        | News::PlannedCut { .. }
        | News::PlannedCutChanged { .. }
        | News::PasswordReset { .. }
        | News::Mailing { .. }
        | News::Test { .. } => None,
    }
}
