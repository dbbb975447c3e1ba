use std::collections::HashSet;

use jiff::Timestamp;
use kabar_domain::{
    ids::{ClientId, SuppressionId},
    mailings::{Client, Cost, MailingSays},
    news::{Addressee, Topic},
    power::Channel,
};

use super::Reach;
use crate::{
    App, Result,
    telling::{MessageCopy, address_id},
};

/// A mailing that is only looked at.
#[derive(Clone, Debug)]
pub struct Preview {
    /// How many clients it would go to.
    pub count: u64,
    /// Some of them.
    pub people: Vec<Previewed>,
    /// About what it would cost.
    pub cost: Cost,
}

/// What a mailing would be to one client.
#[derive(Clone, Debug)]
pub struct Previewed {
    /// The client.
    pub client: Client,
    /// What they would read.
    pub copy: MessageCopy,
    /// When they would be told, at the earliest. Nothing if they would not be: their hours do not begin before the end,
    /// there is no address of theirs, or it gets no mailings.
    pub sends_at: Option<Timestamp>,
}

impl App {
    /// What a mailing would be if it were added now, as its senders would write it. Nothing is kept of it. It reads the
    /// audience to count it, as [`Self::reach`], and for mail once more which addresses of the sample get none. For
    /// staff, which the route has made sure of.
    ///
    /// # Errors
    /// [`crate::Failure::Invalid`] where [`Self::add_mailing`] would refuse it.
    pub async fn preview_mailing(&self, says: MailingSays) -> Result<Preview> {
        let mailing = self.new_mailing(says)?;
        let Reach { count, sample } = self.reach(&mailing.says.filter).await?;
        let unreachable = self.unreachable(mailing.says.channel, &sample).await?;
        let news = mailing.news();
        let begins = mailing.says.start_time.max(self.world.now());
        let writer = self.letter_writer().await?;
        let previewed = |client: Client| {
            let sends_at = mailing.says.tells_at(begins, &client.zone);
            let to = Addressee::Client(client.id);
            let unsubscribe = writer.unsubscribe(news.kind(), mailing.says.channel, to);
            Ok(Previewed {
                copy: writer.copy_for_client(&news, &client, unsubscribe.as_deref())?,
                sends_at: sends_at.filter(|_| !unreachable.contains(&client.id)),
                client,
            })
        };
        Ok(Preview {
            count,
            people: sample.into_iter().map(previewed).collect::<Result<_>>()?,
            cost: Cost::ahead(mailing.says.channel, count),
        })
    }

    /// Those of these clients to whom no mail goes: without an address, or who are mailed no more.
    async fn unreachable(&self, channel: Channel, clients: &[Client]) -> Result<HashSet<ClientId>> {
        if channel != Channel::Email {
            return Ok(HashSet::new());
        }
        let entry = |client: &Client| Some(address_id(client.email.as_ref()?).suppression(Topic::Mailings));
        let entries: HashSet<SuppressionId> = clients.iter().filter_map(entry).collect();
        let suppressed = self.notices.suppressions(entries, false).await?;
        let gets_none = |client: &&Client| {
            let is_suppressed = |entry| suppressed.iter().any(|found| found.id == entry);
            client.is_unsubscribed || entry(client).is_none_or(is_suppressed)
        };
        Ok(clients.iter().filter(gets_none).map(|client| client.id).collect())
    }
}
