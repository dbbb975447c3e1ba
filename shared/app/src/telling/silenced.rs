//! Who of a page's people gets no mail of its topic, though they are in the audience.

use std::collections::{HashMap, HashSet};

use kabar_domain::{
    ids::{RegionId, UserId},
    news::{Addressee, Notice, Page, Topic},
    power::Channel,
};
use kabar_store::Result;

use super::{Sender, address_id, contacts::Contact};

impl Sender {
    /// The people of the page who asked to be told no more of this, or who cannot be reached, with the reason.
    ///
    /// What people with an account say, and the list of addresses, is read as it was last written, so that it is true
    /// from the next message on: two reads at once; none for what people asked for by what they did. What a client says
    /// lies with the client; for them the list may be a moment old, which halves what a mailing costs to read.
    pub(super) async fn silenced(
        &self,
        notice: &Notice,
        page: &Page,
        contacts: &HashMap<Addressee, Contact>,
    ) -> Result<HashMap<Addressee, String>> {
        let mut silenced = unreachable(page, contacts);
        let Some(topic) = notice.news.kind().topic().filter(|_| !contacts.is_empty()) else {
            return Ok(silenced);
        };
        match page.channel {
            Channel::Email => {}
            Channel::Telegram => {
                silenced.extend(
                    self.silenced_chats(topic, notice.audience.region(), contacts)
                        .await?,
                );
                return Ok(silenced);
            }
            Channel::Sms => return Ok(silenced),
        }
        let entry =
            |contact: &Contact| Some(address_id(contact.recipient.email.as_ref()?).suppression(topic));
        // Copies of a profile may be a moment old, and then two people seem to have one address.
        let entries: HashSet<_> = contacts.values().filter_map(entry).collect();
        let users: Vec<UserId> = contacts.keys().filter_map(|to| to.user()).collect();
        let are_clients = users.is_empty();
        let (preferences, suppressions) = tokio::try_join!(
            self.people.preferences(users),
            self.notices.suppressions(entries, !are_clients)
        )?;
        let suppressed: HashMap<_, _> = suppressions
            .into_iter()
            .map(|suppression| (suppression.id, suppression.reason))
            .collect();
        for (to, contact) in contacts {
            let said = to.user().and_then(|user| preferences.get(&user));
            let of_account = said.is_some_and(|said| !said.wants(topic, page.channel));
            let of_client = contact
                .client
                .as_ref()
                .is_some_and(|client| client.is_unsubscribed);
            if of_account || of_client {
                silenced.insert(*to, "the person wants to be told no more of this".to_owned());
            } else if let Some(reason) = entry(contact).and_then(|entry| suppressed.get(&entry)) {
                let why = format!("the address is on the suppression list: {}", reason.name());
                silenced.insert(*to, why);
            }
        }
        Ok(silenced)
    }

    /// The chats whose person asked to be told no more of this in Telegram. Of a region that a chat is told of whoever's it
    /// is, that person has no say.
    async fn silenced_chats(
        &self,
        topic: Topic,
        region: Option<RegionId>,
        contacts: &HashMap<Addressee, Contact>,
    ) -> Result<HashMap<Addressee, String>> {
        let own = |contact: &Contact| {
            let chat = &contact.chat.as_ref()?.subscriber;
            chat.user
                .filter(|_| region.is_none_or(|region| !chat.regions.has(region)))
        };
        let users: HashSet<UserId> = contacts.values().filter_map(own).collect();
        if users.is_empty() {
            return Ok(HashMap::new());
        }
        let preferences = self.people.preferences(users).await?;
        let wants = |user: UserId| {
            let said = preferences.get(&user);
            said.is_none_or(|said| said.wants(topic, Channel::Telegram))
        };
        let not = contacts
            .iter()
            .filter(|(_, contact)| own(contact).is_some_and(|user| !wants(user)));
        Ok(not
            .map(|(to, _)| (*to, "the person wants to be told no more of this".to_owned()))
            .collect())
    }
}

/// The people of whom there is no address, and the chats that are told no more.
fn unreachable(page: &Page, contacts: &HashMap<Addressee, Contact>) -> HashMap<Addressee, String> {
    if page.channel == Channel::Telegram {
        let silent = |contact: &Contact| contact.chat.as_ref()?.subscriber.inactive;
        let all = contacts
            .iter()
            .filter_map(|(to, contact)| Some((*to, silent(contact)?)));
        return all
            .map(|(to, reason)| (to, format!("the chat is told no more: {}", reason.name())))
            .collect();
    }
    let has_none = |contact: &Contact| page.channel == Channel::Email && contact.recipient.email.is_none();
    let all = contacts.iter().filter(|(_, contact)| has_none(contact));
    all.map(|(to, _)| (*to, "the client has no email address".to_owned()))
        .collect()
}
