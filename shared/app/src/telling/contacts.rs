//! Whom a page reaches: those of its people who are still in the audience.

use std::collections::{HashMap, HashSet};

use kabar_domain::{
    events::Registration,
    ids::{EventId, RegionId, TicketId, UserId},
    mailings::{Client, Mailing},
    news::{Addressee, Audience, News, Notice, Page, Recipient},
};
use kabar_store::{
    Result,
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
            Audience::Followers(region) => (self.followers(region, page).await?, HashMap::new()),
            Audience::Holders(event) => self.holders(event, page).await?,
            Audience::Person(user) => {
                let recipients = self.recipients([user]).await?;
                let tickets = match event_of(&notice.news) {
                    Some(event) => self.tickets_of(event, user).await?,
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
            Audience::Chats(region) => return self.chats(Some(region), page).await,
            Audience::Chat(_) => return self.chats(None, page).await,
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

    async fn followers(&self, region: RegionId, page: &Page) -> Result<Vec<Recipient>> {
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
        };
        self.grid.followers_on(&stretch).await
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
        let tickets = self.named(&held).await?;
        Ok((self.recipients(tickets.keys().copied()).await?, tickets))
    }

    async fn tickets_of(&self, event: EventId, user: UserId) -> Result<HashMap<UserId, Vec<String>>> {
        let held = self.events.holdings_between(event, user, user).await?;
        self.named(&held).await
    }

    /// What people hold, by name.
    async fn named(&self, held: &[Registration]) -> Result<HashMap<UserId, Vec<String>>> {
        let ids: HashSet<TicketId> = held.iter().map(|registration| registration.ticket).collect();
        let tickets = self.events.tickets_by_id(ids).await?;
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

    async fn recipients(&self, people: impl IntoIterator<Item = UserId>) -> Result<Vec<Recipient>> {
        let users = self.people.users_by_id(people).await?;
        Ok(users.into_iter().map(Recipient::from).collect())
    }
}

/// The event that one person's news is about.
const fn event_of(news: &News) -> Option<EventId> {
    match news {
        News::Registered { event, .. }
        | News::RegistrationChanged { event, .. }
        | News::RegistrationCancelled { event, .. }
        | News::PaymentCompleted { event, .. }
        | News::EventChanged { event, .. }
        | News::Reminder { event, .. } => Some(event.id),
        News::Outage { .. }
        | News::Restored { .. }
        | News::PasswordReset { .. }
        | News::Mailing { .. }
        | News::Test { .. } => None,
    }
}
