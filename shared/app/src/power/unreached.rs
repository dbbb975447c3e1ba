use std::collections::HashSet;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use kabar_domain::{
    ids::UserId,
    power::{Channel, Following, Home, OutageKey},
};
use kabar_store::Result;

use super::Checker;

/// Of how many people of a home it is looked up at the same time what they heard.
const AT_ONCE: usize = 16;

impl Checker {
    /// The people of a home whom the region's news of its outage did not reach: who did not follow the region yet when that
    /// was written, had no chat in Telegram where they wanted it, or heard from a home already, so that it was not for them.
    pub(super) async fn unreached(&self, home: &Home, outage: OutageKey) -> Result<Vec<UserId>> {
        let people: Vec<UserId> = home.people().collect();
        let told = self.grid.outage(outage).await?;
        let Some((told, region)) = told.zip(outage.place.region()) else {
            return Ok(people);
        };
        let told_at = told.notice.created_at();
        let mut followings = self.grid.followings_among(region, &people).await?;
        followings.retain(|following| following.since <= told_at);
        let followers = self.with_a_way(followings, told_at).await?;
        let reached: HashSet<UserId> = stream::iter(followers)
            .map(async |user| {
                let hearers = self.grid.hearers(region, user, user).await?;
                let hears = hearers.iter().any(|one| one.hears_of(outage.id, told_at));
                Ok::<_, kabar_store::StoreError>((!hears).then_some(user))
            })
            .buffer_unordered(AT_ONCE)
            .try_filter_map(|reached| async move { Ok(reached) })
            .try_collect()
            .await?;
        Ok(people
            .into_iter()
            .filter(|user| !reached.contains(user))
            .collect())
    }

    /// Those followers whom a notice of then could reach: by mail, or in a chat that was told by then.
    async fn with_a_way(&self, followings: Vec<Following>, then: Timestamp) -> Result<Vec<UserId>> {
        let by_mail = |following: &Following| following.channels.contains(&Channel::Email);
        let (by_mail, others): (Vec<_>, Vec<_>) = followings.into_iter().partition(by_mail);
        let others = others.into_iter().map(|following| following.user).collect();
        let chats = self.grid.chats_of(others).await?;
        let in_chat = chats.into_iter().filter_map(|chat| {
            let chat = chat.subscriber;
            chat.user
                .filter(|_| chat.inactive.is_none() && chat.since <= then)
        });
        Ok(by_mail.into_iter().map(|one| one.user).chain(in_chat).collect())
    }
}
