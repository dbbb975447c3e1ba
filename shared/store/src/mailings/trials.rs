use jiff::Timestamp;
use kabar_domain::{ids::ClientId, mailings::Client};

use super::{Mailings, items::ClientItem};
use crate::{
    Result,
    db::{keyed, n},
    keys,
};

impl Mailings {
    /// Keeps whoever tries a mailing until some time after `until`. One write.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn put_trial(&self, reader: &Client, until: Timestamp) -> Result<()> {
        let mut item = keyed(keys::trial(reader.id), None, &ClientItem::from(reader))?;
        item.insert("expires_at".to_owned(), n(until.as_second()));
        self.0.transact(vec![self.0.put(item)?]).await.map(drop)
    }

    /// Whoever tries a mailing; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn trial(&self, id: ClientId) -> Result<Option<Client>> {
        let found: Option<ClientItem> = self.0.get(keys::trial(id)).await?;
        found.map(Client::try_from).transpose()
    }
}
