use kabar_domain::{
    ids::ClientId,
    mailings::{Client, ClientChange, ClientFilter, NewClient},
};
use kabar_store::{List, Window, mailings::ClientWrite};

use crate::{App, Expected, Failure, Result};

/// All of these are for staff, which the routes have made sure of.
impl App {
    /// Adds a client.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when another client has the phone.
    pub async fn add_client(&self, new: NewClient) -> Result<Client> {
        let client = Client::new(ClientId::new(&*self.world), new, self.world.now());
        match self.mailings.add_client(&client).await? {
            ClientWrite::Written => Ok(client),
            ClientWrite::PhoneTaken | ClientWrite::Stale => Err(phone_taken()),
        }
    }

    /// A client.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn client(&self, id: ClientId) -> Result<Client> {
        self.mailings.client(id).await?.ok_or(Failure::NotFound)
    }

    /// The clients that are asked for, the newest first.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn clients(&self, filter: &ClientFilter, window: &Window) -> Result<List<Client>> {
        let Some(phone) = &filter.phone else {
            return Ok(self.mailings.clients(&filter.term(), window).await?);
        };
        // A phone has one client at most, so there is nothing after a cursor.
        let mut entries = self.mailings.clients_with([phone]).await?;
        entries.retain(|client| window.after.is_none() && filter.fits(client));
        Ok(List { entries, next: None })
    }

    /// Changes a client.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::Changed`], or [`Failure::Invalid`] when another client has the phone.
    pub async fn change_client(
        &self,
        id: ClientId,
        expected: Expected,
        change: ClientChange,
    ) -> Result<Client> {
        expected
            .settle(|| self.change_client_once(id, expected, change.clone()))
            .await
    }

    async fn change_client_once(
        &self,
        id: ClientId,
        expected: Expected,
        change: ClientChange,
    ) -> Result<Client> {
        let before = self.client(id).await?;
        expected.check(before.version)?;
        let after = before.changed(change, self.world.now());
        if after == before {
            return Ok(before);
        }
        match self.mailings.change_client(&before, &after).await? {
            ClientWrite::Written => Ok(after),
            ClientWrite::Stale => Err(Failure::Changed),
            ClientWrite::PhoneTaken => Err(phone_taken()),
        }
    }

    /// Removes a client. They are gone at once from every list and audience.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or [`Failure::Changed`].
    pub async fn remove_client(&self, id: ClientId, expected: Expected) -> Result<()> {
        expected.settle(|| self.remove_client_once(id, expected)).await
    }

    async fn remove_client_once(&self, id: ClientId, expected: Expected) -> Result<()> {
        let client = self.client(id).await?;
        expected.check(client.version)?;
        if self.mailings.remove_client(&client).await? {
            Ok(())
        } else {
            Err(Failure::Changed)
        }
    }
}

fn phone_taken() -> Failure {
    Failure::field("phone", "Another client has this phone.")
}
