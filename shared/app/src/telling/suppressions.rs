use kabar_domain::{
    ids::SuppressionId,
    news::{Reason, Source, Suppression, Topic},
    people::{Caller, Email},
};
use kabar_store::{List, Window};

use super::address_id;
use crate::{App, Expected, Failure, Result};

/// Which suppressions are asked for.
#[derive(Clone, Debug, Default)]
pub struct SuppressionFilter {
    /// Only of this address.
    pub email: Option<Email>,
    /// Only of this topic.
    pub topic: Option<Topic>,
}

impl SuppressionFilter {
    fn topics(&self) -> Vec<Topic> {
        self.topic
            .map_or_else(|| Topic::ALL.to_vec(), |topic| vec![topic])
    }
}

impl App {
    /// Addresses that get no mail of a topic, the newest first. For staff, which the route has made sure of.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn suppressions(
        &self,
        filter: &SuppressionFilter,
        window: &Window,
    ) -> Result<List<Suppression>> {
        let Some(email) = &filter.email else {
            return Ok(self.notices.list_suppressions(&filter.topics(), window).await?);
        };
        // An address has one entry for each topic at most, and they are found by it.
        let address = address_id(email);
        let ids = filter
            .topics()
            .into_iter()
            .map(|topic| address.suppression(topic));
        let mut entries = self.notices.suppressions(ids, true).await?;
        entries.sort_unstable_by_key(|entry| std::cmp::Reverse((entry.since, entry.id)));
        Ok(List { entries, next: None })
    }

    /// A suppression. For staff.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn suppression(&self, id: SuppressionId) -> Result<Suppression> {
        let found = self.notices.suppressions([id], true).await?;
        found.into_iter().next().ok_or(Failure::NotFound)
    }

    /// Puts an address on the list, by the caller's own word: for one topic, or all. What is on it already stays as it
    /// is. Returns its entries.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn suppress(
        &self,
        caller: &Caller,
        email: &Email,
        topic: Option<Topic>,
    ) -> Result<Vec<Suppression>> {
        let (address, since) = (address_id(email), self.world.now());
        let topics = topic.map_or_else(|| Topic::ALL.to_vec(), |topic| vec![topic]);
        let entry = |topic: &Topic| Suppression {
            id: address.suppression(*topic),
            email: email.clone(),
            topic: *topic,
            reason: Reason::Manual,
            source: Source::Staff(caller.user),
            message: None,
            since,
        };
        let entries: Vec<Suppression> = topics.iter().map(entry).collect();
        self.notices.suppress(&entries).await?;
        let mut found = self
            .notices
            .suppressions(entries.iter().map(|entry| entry.id), true)
            .await?;
        found.sort_unstable_by_key(|entry| entry.topic);
        Ok(found)
    }

    /// Takes an entry off the list: mail of its topic goes to its address again. For staff.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or [`Failure::Changed`].
    pub async fn lift(&self, id: SuppressionId, expected: Expected) -> Result<()> {
        expected.settle(|| self.lift_once(id, expected)).await
    }

    async fn lift_once(&self, id: SuppressionId, expected: Expected) -> Result<()> {
        let suppression = self.suppression(id).await?;
        expected.check(suppression.version())?;
        if self.notices.lift(&suppression).await? {
            Ok(())
        } else {
            Err(Failure::Changed)
        }
    }
}
