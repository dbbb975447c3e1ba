//! Messages in Telegram that told of an outage say that it is over, once it is. That notifies nobody, so it comes after
//! the news of the end, and where it fails the news is told all the same.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use kabar_courier::{LaneWork, Refused};
use kabar_domain::{
    ids::PageId,
    news::{Audience, Kind, Lane, News, Notice, Status},
    telegram::ChatId,
};
use kabar_store::{Result, power::Chat};

use super::{Carrier, ChatPost, Planner, Sender};

/// How long after the news of the end is planned, in seconds: most of those who are to hear it have then.
const AFTER_THE_NEWS: i64 = 20;
/// The longest that a queue holds a message, in seconds.
const LONGEST_DELAY: i64 = 900;

/// How far the messages of a page were made to say that it is over.
enum Amended {
    /// All of them.
    Whole,
    /// Those before this place; the others can be in so many seconds.
    UpTo(u8, i64),
}

impl Planner {
    /// Has the messages amended that told of an outage, whose end a notice tells of. They are told of by the first page of
    /// the notice that told of it in Telegram. What the queue does not take is not amended.
    pub(super) async fn amend(&self, notice: &Notice) -> Result<()> {
        let outage = match (&notice.news, notice.audience) {
            (News::Restored { outage, .. }, Audience::Chats(_))
            | (News::HomeRestored { outage, .. }, Audience::HomeChats { .. }) => outage,
            _ => return Ok(()),
        };
        if let Some(outage) = self.grid.outage(*outage).await? {
            let first = outage.notice.twin().page(1);
            let work = LaneWork::Amend(first, 1);
            let _ = self.lanes.put(Lane::Telegram, work, AFTER_THE_NEWS).await;
        }
        Ok(())
    }
}

impl Sender {
    /// Amends the messages of a page from a place on, until `stop`, and has the next page amended after it. Doing it again
    /// changes nothing.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn amend(&self, page: PageId, from: u8, stop: Timestamp) -> Result<()> {
        let Carrier::Telegram(post) = &self.carrier else {
            return Ok(());
        };
        let Some((notice, plan)) = self.notices.notice(page.notice()).await? else {
            return Ok(());
        };
        let Some(over) = self.over(&notice).await? else {
            return Ok(());
        };
        let (work, delay) = match self.amend_page(post, page, from, &over, stop).await? {
            Amended::UpTo(place, delay) => (LaneWork::Amend(page, place), delay),
            Amended::Whole if page.number() < plan.pages => {
                (LaneWork::Amend(notice.id.page(page.number() + 1), 1), 0)
            }
            Amended::Whole => return Ok(()),
        };
        // What the queue does not take is not amended.
        let _ = self.lanes.put(Lane::Telegram, work, delay).await;
        Ok(())
    }

    /// The news that an outage is over, as long as that is news.
    async fn over(&self, notice: &Notice) -> Result<Option<News>> {
        let (News::Outage { outage, .. } | News::HomeOutage { outage, .. }) = &notice.news else {
            return Ok(None);
        };
        let found = self.grid.outage(*outage).await?;
        let ended_at = found.and_then(|outage| outage.ended_at);
        let is_news = |ended_at: &Timestamp| self.world.now() < *ended_at + Kind::Restored.lifetime();
        Ok(ended_at
            .filter(is_news)
            .and_then(|ended_at| ended(&notice.news, ended_at)))
    }

    async fn amend_page(
        &self,
        post: &ChatPost,
        page: PageId,
        from: u8,
        over: &News,
        stop: Timestamp,
    ) -> Result<Amended> {
        let Some(record) = self.notices.page_record(page).await? else {
            return Ok(Amended::Whole);
        };
        let sent: Vec<(u8, ChatId, &str)> = record
            .page
            .places()
            .filter(|(place, _)| *place >= from)
            .filter_map(|(place, to)| {
                let row = record.row(place).filter(|row| row.status == Status::Sent)?;
                Some((place, to.chat()?, row.provider_id.as_deref()?))
            })
            .collect();
        let ids: HashSet<ChatId> = sent.iter().map(|(_, chat, _)| *chat).collect();
        let chats = self.grid.chats_by_id(ids).await?.into_iter();
        let chats: HashMap<ChatId, Chat> = chats.map(|chat| (chat.subscriber.id, chat)).collect();
        for (place, chat, message) in sent {
            let told = chats.get(&chat).filter(|chat| chat.subscriber.inactive.is_none());
            let Some(chat) = told else { continue };
            // News goes first: this takes time that nobody else has use for.
            let has_time = self.rest(chat, stop).await? && self.pace.beat(Lane::Bulk, 1, stop).await?;
            if !has_time {
                return Ok(Amended::UpTo(place, 0));
            }
            let draft = post
                .words
                .draft(over, chat.subscriber.language, &chat.subscriber.zone);
            let Ok(html) = draft.over() else { continue };
            let edited = post.channel.edit(chat.subscriber.chat, message, &html).await;
            if let Err(Refused::Throttled(wait)) = edited {
                let wait = wait.map_or(1, |wait| i64::try_from(wait.as_secs()).unwrap_or(LONGEST_DELAY));
                return Ok(Amended::UpTo(place, wait.min(LONGEST_DELAY)));
            }
        }
        Ok(Amended::Whole)
    }
}

/// The news that what this news tells of has ended.
fn ended(news: &News, ended_at: Timestamp) -> Option<News> {
    match news.clone() {
        News::Outage { outage, region, zone } => Some(News::Restored {
            outage,
            ended_at,
            region,
            zone,
        }),
        News::HomeOutage {
            outage,
            home,
            zone,
            is_silence,
        } => Some(News::HomeRestored {
            outage,
            ended_at,
            home,
            zone,
            is_silence,
        }),
        _ => None,
    }
}
