//! How a person connects a chat: by a link that is good once.

use jiff::Timestamp;
use kabar_domain::{
    ids::UserId,
    telegram::{ChatId, Inactive, Subscriber},
};
use serde::{Deserialize, Serialize};

use super::{Chat, Grid, chats::OwnChatItem};
use crate::{
    Result, StoreError,
    db::{Transaction, item, n},
    keys::{self, Key},
    writes::updated,
};

/// For how long an update is known again: Telegram delivers one for a day.
const UPDATE_KEPT_S: i64 = 2 * 24 * 3600;

#[derive(Serialize, Deserialize)]
struct LinkItem {
    pk: String,
    sk: String,
    user: String,
    /// Which chat it connected.
    chat: Option<i64>,
    /// For `DynamoDB`'s time to live: seconds.
    expires_at: i64,
}

#[derive(Serialize)]
struct UpdateItem {
    pk: String,
    sk: String,
    expires_at: i64,
}

/// A link that connects a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatLink {
    /// Whose chat it makes it.
    pub user: UserId,
    /// Which chat it has connected.
    pub used: Option<ChatId>,
}

/// A chat that is to be somebody's.
#[derive(Clone, Debug)]
pub struct Connection<'a> {
    /// The hash of the link's token.
    pub link: &'a str,
    /// The chat as it was read, if it is known.
    pub before: Option<&'a Chat>,
    /// The chat as it is to be.
    pub after: &'a Subscriber,
    /// The chat that the person had until now, if it is another one: it is told no more.
    pub old: Option<&'a Chat>,
}

impl Grid {
    /// Writes a link, by the hash of its token.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_link(&self, hash: &str, user: UserId, until: Timestamp) -> Result<()> {
        let Key { pk, sk } = keys::link(hash);
        let link = LinkItem {
            pk,
            sk,
            user: user.to_string(),
            chat: None,
            expires_at: until.as_second(),
        };
        self.0
            .transact(vec![self.0.put_new(item(&link)?)?])
            .await
            .map(drop)
    }

    /// A link that is good, or was used a moment ago.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn link(&self, hash: &str, now: Timestamp) -> Result<Option<ChatLink>> {
        let found: Option<LinkItem> = self.0.get(keys::link(hash)).await?;
        let Some(found) = found.filter(|found| found.expires_at > now.as_second()) else {
            return Ok(None);
        };
        let user = UserId::parse(&found.user).ok_or_else(|| StoreError::unreadable("a link"))?;
        let used = found.chat.map(ChatId::new).transpose()?;
        Ok(Some(ChatLink { user, used }))
    }

    /// Connects a chat, once. `false`: the link is used, or a chat has changed since it was read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn connect(&self, user: UserId, connection: &Connection<'_>, now: Timestamp) -> Result<bool> {
        let use_up = self
            .0
            .update(keys::link(connection.link))
            .update_expression("SET chat = :chat")
            .condition_expression("attribute_type(chat, :null) AND expires_at > :now")
            .expression_attribute_values(":chat", n(connection.after.id.number()))
            .expression_attribute_values(":null", crate::db::s("NULL"))
            .expression_attribute_values(":now", n(now.as_second()));
        let Key { pk, sk } = keys::own_chat(user);
        let own = OwnChatItem {
            pk,
            sk,
            id: connection.after.id.number(),
        };
        let mut writes = vec![updated(use_up)?, self.0.put(item(&own)?)?];
        writes.extend(self.chat_writes(connection.before, connection.after, now)?);
        if let Some(old) = connection.old {
            writes.extend(self.chat_writes(Some(old), &left(&old.subscriber, now), now)?);
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Writes a chat as an update of Telegram's asks for, once for each update. `false`: the update was acted on before,
    /// or the chat has changed since it was read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn save_chat_once(
        &self,
        update: i64,
        before: Option<&Chat>,
        after: &Subscriber,
        now: Timestamp,
    ) -> Result<bool> {
        let Key { pk, sk } = keys::update(update);
        let done = UpdateItem {
            pk,
            sk,
            expires_at: now.as_second() + UPDATE_KEPT_S,
        };
        let mut writes = vec![self.0.put_new(item(&done)?)?];
        writes.extend(self.chat_writes(before, after, now)?);
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Whether an update of Telegram's was acted on.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn knows_update(&self, update: i64) -> Result<bool> {
        #[derive(Deserialize)]
        struct Found {}
        Ok(self.0.get::<Found>(keys::update(update)).await?.is_some())
    }

    /// Forgets which chat is a person's, who is gone: what staff have it told of, it is told on.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn disconnect(&self, user: UserId, now: Timestamp) -> Result<bool> {
        let Some(chat) = self.chat_of(user).await? else {
            self.0.delete_all(vec![keys::own_chat(user)]).await?;
            return Ok(true);
        };
        let mut writes = vec![self.0.delete(keys::own_chat(user))?];
        writes.extend(self.chat_writes(Some(&chat), &left(&chat.subscriber, now), now)?);
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }
}

/// A chat that is nobody's any more. Only what staff have it told of keeps it.
fn left(chat: &Subscriber, now: Timestamp) -> Subscriber {
    let left = Subscriber {
        user: None,
        ..chat.clone()
    };
    if left.regions.is_none() {
        left.turned(Some(Inactive::Stopped), now)
    } else {
        left
    }
}
