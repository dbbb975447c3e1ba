use kabar_domain::{
    ids::MailingId,
    mailings::{Audience, Client},
};

use crate::{App, Failure, Result};

/// How many clients a sample shows.
const SAMPLE: u16 = 10;

/// Whom a filter finds.
#[derive(Clone, Debug)]
pub struct Reach {
    /// How many clients.
    pub count: u64,
    /// Some of them.
    pub sample: Vec<Client>,
}

impl App {
    /// Whom a mailing would go to if it went now. For staff, which the route has made sure of.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn reach_of(&self, id: MailingId) -> Result<Reach> {
        let mailing = self.mailings.mailing(id).await?.ok_or(Failure::NotFound)?;
        self.reach(&mailing.says.filter).await
    }

    /// Whom a filter finds. It reads what it counts: a megabyte for every three thousand clients, several at a time.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn reach(&self, filter: &Audience) -> Result<Reach> {
        let (count, sample) = tokio::try_join!(self.mailings.count_audience(filter), self.sample(filter))?;
        Ok(Reach { count, sample })
    }

    /// The first of an audience, which lies in several parts.
    async fn sample(&self, filter: &Audience) -> kabar_store::Result<Vec<Client>> {
        let mut sample: Vec<Client> = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let part = self
                .mailings
                .audience_after(filter, cursor.as_deref(), SAMPLE)
                .await?;
            cursor = part.rows.last().map(|row| row.cursor.clone());
            sample.extend(part.rows.into_iter().map(|row| row.client));
            sample.truncate(usize::from(SAMPLE));
            if part.is_last || sample.len() == usize::from(SAMPLE) {
                return Ok(sample);
            }
        }
    }
}
