use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use kabar_domain::{
    ids::ClientId,
    mailings::{Client, ClientTerm, Phone},
};

use super::{
    Mailings,
    items::{ClaimItem, ClientItem, id},
};
use crate::{
    Result, StoreError,
    db::{Transaction, keyed, s},
    keys,
};

/// What came of a write to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientWrite {
    /// It is written.
    Written,
    /// The client is not as they were read any more.
    Stale,
    /// Another client has the phone.
    PhoneTaken,
}

impl Mailings {
    /// Adds a client whose phone nobody else has. Adding the very same client again is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_client(&self, client: &Client) -> Result<ClientWrite> {
        let own = keyed(keys::client(client.id), None, &ClientItem::from(client))?;
        let mut writes = vec![self.0.put_new(own)?, self.claim(client)?];
        for term in client.terms() {
            writes.push(self.put_row(&term, client)?);
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Refused(failed) if failed.contains(&1) => ClientWrite::PhoneTaken,
            // Only the client itself was refused: an earlier try of the same request added it.
            Transaction::Written | Transaction::Refused(_) => ClientWrite::Written,
        })
    }

    /// A client; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn client(&self, id: ClientId) -> Result<Option<Client>> {
        let found: Option<ClientItem> = self.0.get(keys::client(id)).await?;
        found.map(Client::try_from).transpose()
    }

    /// The clients with these phones, in no order; two reads for every hundred. No phone may be asked for twice. A
    /// client who changes it at this moment may come with the new one.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn clients_with<'p>(&self, phones: impl IntoIterator<Item = &'p Phone>) -> Result<Vec<Client>> {
        let claims: Vec<ClaimItem> = self
            .0
            .get_many(phones.into_iter().map(keys::phone).collect(), true)
            .await?;
        let holders: Result<Vec<_>> = claims
            .iter()
            .map(|claim| Ok(keys::client(id(&claim.holder)?)))
            .collect();
        let found: Vec<ClientItem> = self.0.get_many(holders?, true).await?;
        found.into_iter().map(Client::try_from).collect()
    }

    /// Writes a client who still is as they were read, moves the claim of their phone, and writes them anew wherever
    /// they are found.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn change_client(&self, before: &Client, after: &Client) -> Result<ClientWrite> {
        let own = keyed(keys::client(after.id), None, &ClientItem::from(after))?;
        let mut writes = vec![self.0.replace(own, before.version)?];
        if before.phone != after.phone {
            writes.push(self.claim(after)?);
            // It is this client's: their version says so.
            writes.push(self.0.delete(keys::phone(&before.phone))?);
        }
        for (old, new) in before.terms().iter().zip(after.terms()) {
            let row = keys::audience_row(old, before);
            if row != keys::audience_row(&new, after) {
                writes.push(self.0.delete(row)?);
            }
            writes.push(self.put_row(&new, after)?);
        }
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => ClientWrite::Written,
            Transaction::Refused(failed) if failed.contains(&0) => ClientWrite::Stale,
            Transaction::Refused(_) => ClientWrite::PhoneTaken,
        })
    }

    /// Removes a client who still is as they were read. `false`: they are not.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_client(&self, client: &Client) -> Result<bool> {
        let mut writes = vec![
            self.0.delete_version(keys::client(client.id), client.version)?,
            self.0.delete(keys::phone(&client.phone))?,
        ];
        for term in client.terms() {
            writes.push(self.0.delete(keys::audience_row(&term, client))?);
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// A put of the claim of a client's phone, unless somebody else has it.
    fn claim(&self, client: &Client) -> Result<TransactWriteItem> {
        let holder = client.id.to_string();
        let claim = ClaimItem {
            holder: holder.clone(),
        };
        let put = Put::builder()
            .table_name(&self.0.table)
            .set_item(Some(keyed(keys::phone(&client.phone), None, &claim)?))
            .condition_expression("attribute_not_exists(pk) OR holder = :holder")
            .expression_attribute_values(":holder", s(holder))
            .build()
            .map_err(StoreError::unreadable)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// A put of a client where a term finds them, whole, so that lists and senders need no second read.
    fn put_row(&self, term: &ClientTerm, client: &Client) -> Result<TransactWriteItem> {
        let list = (keys::clients(term), client.id.to_string());
        let key = keys::audience_row(term, client);
        self.0.put(keyed(key, Some(list), &ClientItem::from(client))?)
    }
}
