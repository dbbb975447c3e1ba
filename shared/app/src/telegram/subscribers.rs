use jiff::Timestamp;
use kabar_courier::DispatchWork;
use kabar_domain::{
    Language, World, Zone,
    ids::NoticeId,
    news::{Audience, News, Notice},
    people::Caller,
    telegram::{ChatId, Coverage, Subscriber},
};
use kabar_store::{List, Window, notices::Notices, power::Grid};

use crate::{App, Expected, Failure, Result};

/// What staff say of a chat; what is absent stays, or is as for most.
#[derive(Clone, Debug, Default)]
pub struct ChatChange {
    /// What it is called.
    pub title: Option<String>,
    /// Of which regions it is told.
    pub regions: Option<Coverage>,
    /// What is read there.
    pub language: Option<Language>,
    /// Where its clock stands.
    pub zone: Option<Zone>,
}

/// A test that is on its way.
#[derive(Clone, Copy, Debug)]
pub struct NewTest {
    /// The chat that gets it.
    pub chat: ChatId,
    /// The notice that tells what became of it.
    pub notice: NoticeId,
}

/// Has a chat told: of all regions, unless said. One that is known is told again. Returns whether it is new.
///
/// # Errors
/// [`Failure::Invalid`] when a region does not exist.
pub async fn add_chat(
    grid: &Grid,
    world: &dyn World,
    id: ChatId,
    change: ChatChange,
) -> Result<(Subscriber, bool)> {
    if let Some(Coverage::These(regions)) = &change.regions {
        for region in regions {
            let found = grid.region(*region).await?;
            found.ok_or_else(|| Failure::field("regions", "There is no such region."))?;
        }
    }
    Expected::Any
        .settle(|| add_once(grid, world.now(), id, change.clone()))
        .await
}

async fn add_once(grid: &Grid, now: Timestamp, id: ChatId, change: ChatChange) -> Result<(Subscriber, bool)> {
    let before = grid.chat(id).await?;
    let mut after = match &before {
        Some(chat) => chat.subscriber.clone().turned(None, now),
        None => Subscriber {
            regions: Coverage::All,
            ..Subscriber::new(id, Language::default(), Zone::utc(), now)
        },
    };
    after.title = change.title.unwrap_or(after.title);
    after.regions = change.regions.unwrap_or(after.regions);
    after.language = change.language.unwrap_or(after.language);
    after.zone = change.zone.unwrap_or(after.zone);
    let is_same = before.as_ref().is_some_and(|before| before.subscriber == after);
    if is_same || grid.save_chat(before.as_ref(), &after, now).await? {
        Ok((after, before.is_none()))
    } else {
        Err(Failure::Changed)
    }
}

/// Forgets a chat.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn remove_chat(grid: &Grid, id: ChatId) -> Result<()> {
    Expected::Any
        .settle(|| async {
            let chat = grid.chat(id).await?.ok_or(Failure::NotFound)?;
            let is_removed = grid.remove_chat(&chat).await?;
            is_removed.then_some(()).ok_or(Failure::Changed)
        })
        .await
}

/// Writes a notice that is a test message to a chat, which has to be told at all; the sweep finds it within a minute.
///
/// # Errors
/// [`Failure::Invalid`] when it is told no more.
pub async fn test_chat(notices: &Notices, world: &dyn World, chat: &Subscriber) -> Result<NewTest> {
    if let Some(reason) = chat.inactive {
        let why = format!("It is told no more: {}.", reason.name());
        return Err(Failure::field("chat_id", why));
    }
    let news = News::Test {
        requested_at: world.now(),
    };
    let notice = Notice::new(world, news, Audience::Chat(chat.id));
    notices.add(&notice).await?;
    Ok(NewTest {
        chat: chat.chat,
        notice: notice.id,
    })
}

impl App {
    /// Chats that are told in Telegram, or were, those added last first. For staff, which the route has made sure of.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn chats(&self, window: &Window) -> Result<List<Subscriber>> {
        Ok(self.grid.chats(window).await?)
    }

    /// As [`add_chat`]. For staff.
    ///
    /// # Errors
    /// As there.
    pub async fn add_chat(&self, id: ChatId, change: ChatChange) -> Result<(Subscriber, bool)> {
        add_chat(&self.grid, &*self.world, id, change).await
    }

    /// As [`remove_chat`]. For staff.
    ///
    /// # Errors
    /// As there.
    pub async fn remove_chat(&self, id: ChatId) -> Result<()> {
        remove_chat(&self.grid, id).await
    }

    /// Writes a test message to a chat, the caller's own unless said, at once. For staff.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when it is none, or is told no more.
    pub async fn test_chat(&self, caller: &Caller, id: Option<ChatId>) -> Result<NewTest> {
        let (found, none) = match id {
            Some(id) => (self.grid.chat(id).await?, "There is no such subscriber."),
            None => {
                let own = self.grid.chat_of(caller.user).await?;
                (own, "You have connected no chat: say which.")
            }
        };
        let chat = found.ok_or_else(|| Failure::field("chat_id", none))?;
        let test = test_chat(&self.notices, &*self.world, &chat.subscriber).await?;
        // What the queue does not take is found by the sweep.
        let _ = self.dispatch.put(DispatchWork::Plan(test.notice), 0).await;
        Ok(test)
    }
}
