//! What a chat in Telegram needs beside words: a second of its own for each message, and to be left alone when it is gone.

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    news::{Audience, News, Notice, Status},
    telegram::{ChatId, Inactive},
};
use kabar_store::{
    Result, Window,
    power::{Chat, Grid, OutageFilter},
};
use tokio::time::sleep;

use super::{Sender, turn::End};

/// For how long what lost its power had had it: since the outage before. Chats are told; one read for each page.
pub(super) async fn lit(grid: &Grid, notice: &Notice) -> Result<Option<SignedDuration>> {
    let outage = match (&notice.news, notice.audience) {
        (News::Outage { outage, .. }, Audience::Chats(_))
        | (News::HomeOutage { outage, .. }, Audience::HomeChats { .. }) => outage,
        _ => return Ok(None),
    };
    let filter = OutageFilter {
        place: Some(outage.place),
        to: Some(outage.started_at),
        ..OutageFilter::default()
    };
    let window = Window::first(1);
    let before = grid.outages(&filter, &window).await?.entries.pop();
    let ended_at = before.and_then(|before| before.ended_at);
    Ok(ended_at.map(|ended_at| outage.started_at.duration_since(ended_at)))
}

impl Sender {
    /// Waits for a chat's next free second. `false`: it comes after `stop`, when the sender has to be done.
    pub(super) async fn rest(&self, chat: &Chat, stop: Timestamp) -> Result<bool> {
        let mut at = self.world.now();
        loop {
            if at >= stop {
                return Ok(false);
            }
            let Some(until) = self.grid.take_second(chat.subscriber.id, at).await? else {
                return Ok(true);
            };
            if until < stop {
                sleep(until.duration_since(at).unsigned_abs()).await;
            }
            at = until.max(self.world.now());
        }
    }

    /// Has a chat told no more that cannot be reached, unless it has changed since it was read: perhaps it was just
    /// connected again.
    pub(super) async fn silence(&self, chat: &Chat, reason: Inactive) -> Result<End> {
        let now = self.world.now();
        let silent = chat.subscriber.clone().turned(Some(reason), now);
        self.grid.save_chat(Some(chat), &silent, now).await?;
        let why = format!("the chat cannot be reached: {}", reason.name());
        Ok((Status::Failed, Some(why)))
    }

    /// Remembers that a chat has another number. Returns the chat as it is now; `Err`: it is told under that number
    /// already, or was changed at this moment, and the message ends so.
    pub(super) async fn follow_move(
        &self,
        chat: &Chat,
        to: ChatId,
    ) -> Result<std::result::Result<Chat, End>> {
        let now = self.world.now();
        if self.grid.move_chat(chat, to, now).await? {
            return Ok(match self.grid.chat(chat.subscriber.id).await? {
                Some(moved) => Ok(moved),
                None => Err((Status::Cancelled, Some("the chat was removed".to_owned()))),
            });
        }
        let other = self.grid.chat(to).await?;
        if other.is_some_and(|other| other.subscriber.id != chat.subscriber.id) {
            self.silence(chat, Inactive::Moved).await?;
            let why = "the chat moved to one that is told itself".to_owned();
            return Ok(Err((Status::Suppressed, Some(why))));
        }
        Ok(Err((
            Status::Error,
            Some("the chat changed meanwhile".to_owned()),
        )))
    }
}
