use kabar_domain::{
    ids::MailingId,
    mailings::{Breakdown, Cost},
};

use super::Mailed;
use crate::{App, Result};

/// What became of a mailing, in numbers.
#[derive(Clone, Debug)]
pub struct Statistics {
    /// The mailing, with its messages by status.
    pub mailed: Mailed,
    /// Who was told, and when.
    pub breakdown: Breakdown,
    /// About what it has cost so far.
    pub cost: Cost,
}

impl App {
    /// What became of a mailing, in numbers: by status exact at this moment, otherwise as of the last turn of each page.
    /// For staff, which the route has made sure of.
    ///
    /// # Errors
    /// [`crate::Failure::NotFound`].
    pub async fn mailing_statistics(&self, id: MailingId) -> Result<Statistics> {
        let mailed = self.mailing_now(id).await?;
        let breakdown = self.notices.breakdown(mailed.mailing.notice).await?;
        let cost = Cost::of(mailed.mailing.says.channel, &mailed.tally, &breakdown);
        Ok(Statistics {
            mailed,
            breakdown,
            cost,
        })
    }
}
