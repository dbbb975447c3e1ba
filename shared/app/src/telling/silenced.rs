//! Who of a page's people gets no mail of its topic, though they are in the audience.

use std::collections::{HashMap, HashSet};

use kabar_domain::{
    ids::UserId,
    news::{Kind, Page},
};
use kabar_store::Result;

use super::{Sender, address_id, contacts::Contact};

impl Sender {
    /// The people of the page who asked to be told no more of this, or whose address cannot be mailed, with the reason.
    /// Both are read as they were last written, so that what a person says is true from the next message on. Two
    /// reads at once; none for what people asked for by what they did.
    pub(super) async fn silenced(
        &self,
        kind: Kind,
        page: &Page,
        contacts: &HashMap<UserId, Contact>,
    ) -> Result<HashMap<UserId, String>> {
        let Some(topic) = kind.topic().filter(|_| !contacts.is_empty()) else {
            return Ok(HashMap::new());
        };
        let entry = |contact: &Contact| address_id(&contact.recipient.email).suppression(topic);
        // Copies of a profile may be a moment old, and then two people seem to have one address.
        let entries: HashSet<_> = contacts.values().map(entry).collect();
        let (preferences, suppressions) = tokio::try_join!(
            self.people.preferences(contacts.keys().copied()),
            self.notices.suppressions(entries)
        )?;
        let suppressed: HashMap<_, _> = suppressions
            .into_iter()
            .map(|suppression| (suppression.id, suppression.reason))
            .collect();
        let why = |(user, contact): (&UserId, &Contact)| {
            let said = preferences.get(user);
            let why = if said.is_some_and(|said| !said.wants(topic, page.channel)) {
                "the person wants to be told no more of this".to_owned()
            } else {
                let reason = suppressed.get(&entry(contact))?;
                format!("the address is on the suppression list: {}", reason.name())
            };
            Some((*user, why))
        };
        Ok(contacts.iter().filter_map(why).collect())
    }
}
