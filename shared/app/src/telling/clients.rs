//! The clients of a page, as they are when it is sent.

use std::collections::HashMap;

use kabar_domain::{
    ids::ClientId,
    mailings::{Client, Mailing},
    news::{Addressee, Page, Recipient},
};
use kabar_store::{Result, mailings::Stretch};

use super::{Sender, contacts::Contact};

impl Sender {
    /// Those of a page's clients whom a mailing still goes to. Nearly all stand together where they were found; who has
    /// moved since is looked up.
    pub(super) async fn clients(
        &self,
        mailing: &Mailing,
        page: &Page,
    ) -> Result<HashMap<Addressee, Contact>> {
        let ids: Vec<ClientId> = page.people.iter().filter_map(|to| to.client()).collect();
        let (Some(&first), Some(&last), Some(term)) = (ids.iter().min(), ids.iter().max(), &page.term) else {
            return Ok(HashMap::new());
        };
        let stretch = Stretch {
            term,
            zone: &page.zone,
            language: page.language,
            first,
            last,
        };
        let found = self.mailings.clients_on(&stretch).await?;
        let mut found: HashMap<ClientId, Client> =
            found.into_iter().map(|client| (client.id, client)).collect();
        let moved: Vec<ClientId> = ids.iter().copied().filter(|id| !found.contains_key(id)).collect();
        let moved = self.mailings.clients_by_id(moved).await?;
        found.extend(moved.into_iter().map(|client| (client.id, client)));
        let of_page = ids.iter().filter_map(|id| found.remove(id));
        let still = of_page.filter(|client| mailing.says.filter.fits(client));
        Ok(still.map(contact).collect())
    }

    /// Whoever tries a mailing.
    pub(super) async fn trial(&self, id: ClientId) -> Result<HashMap<Addressee, Contact>> {
        let found = self.mailings.trial(id).await?;
        Ok(found.map(contact).into_iter().collect())
    }
}

fn contact(client: Client) -> (Addressee, Contact) {
    let contact = Contact {
        recipient: Recipient::from(&client),
        tickets: Vec::new(),
        client: Some(client),
        chat: None,
    };
    (contact.recipient.to, contact)
}
