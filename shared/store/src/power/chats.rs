//! Chats in Telegram that are told, one by one.

use std::collections::HashSet;

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    ids::{RegionId, UserId},
    telegram::{ChatId, Coverage, Inactive, Subscriber},
};
use serde::{Deserialize, Serialize};

use super::Grid;
use crate::{
    List, Result, StoreError, Window,
    db::{Transaction, item},
    instant::Millis,
    keys::{self, Key},
};

#[derive(Serialize, Deserialize)]
pub(super) struct ChatItem {
    pk: String,
    sk: String,
    list_pk: String,
    list_sk: String,
    id: i64,
    chat: i64,
    title: String,
    user: Option<String>,
    is_of_all: bool,
    regions: Vec<String>,
    language: String,
    time_zone: String,
    inactive: Option<String>,
    since: Millis,
    /// Where it stands in the audiences that it is in: it stays there when its language or zone change, for a planner
    /// that cuts pages in the order of rows would meet a moved one twice, or never.
    row: String,
    pub(super) version: u64,
}

/// A chat as it was read.
#[derive(Clone, Debug)]
pub struct Chat {
    /// What is known of it.
    pub subscriber: Subscriber,
    added: String,
    row: String,
}

/// Another number of a chat.
#[derive(Serialize, Deserialize)]
struct MovedItem {
    pk: String,
    sk: String,
    id: i64,
}

/// Which chat a person has connected.
#[derive(Serialize, Deserialize)]
pub(super) struct OwnChatItem {
    pub(super) pk: String,
    pub(super) sk: String,
    pub(super) id: i64,
}

impl Grid {
    /// A chat by the number that it has or had; one read, two if it has moved.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn chat(&self, id: ChatId) -> Result<Option<Chat>> {
        if let Some(found) = self.0.get::<ChatItem>(keys::chat(id)).await? {
            return found.try_into().map(Some);
        }
        let Some(moved) = self.0.get::<MovedItem>(keys::moved(id)).await? else {
            return Ok(None);
        };
        let found: Option<ChatItem> = self.0.get(keys::chat(ChatId::new(moved.id)?)).await?;
        found.map(Chat::try_from).transpose()
    }

    /// The chat that a person has connected, if it still is theirs; two reads.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn chat_of(&self, user: UserId) -> Result<Option<Chat>> {
        Ok(self.chats_of(HashSet::from([user])).await?.pop())
    }

    /// The chats that people have connected.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn chats_of(&self, users: HashSet<UserId>) -> Result<Vec<Chat>> {
        let own = users.iter().map(|user| keys::own_chat(*user)).collect();
        let own: Vec<OwnChatItem> = self.0.get_many(own, true).await?;
        let ids: HashSet<ChatId> = own
            .into_iter()
            .map(|own| ChatId::new(own.id))
            .collect::<std::result::Result<_, _>>()?;
        let mut chats = self.chats_by_id(ids).await?;
        // Whoever connected the chat after them has it now.
        chats.retain(|chat| chat.subscriber.user.is_some_and(|user| users.contains(&user)));
        Ok(chats)
    }

    /// Chats by the numbers under which they were first known, as the last writes left them.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn chats_by_id(&self, ids: HashSet<ChatId>) -> Result<Vec<Chat>> {
        let found: Vec<ChatItem> = self
            .0
            .get_many(ids.into_iter().map(keys::chat).collect(), true)
            .await?;
        found.into_iter().map(Chat::try_from).collect()
    }

    /// Chats, those that were added last first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn chats(&self, window: &Window) -> Result<List<Subscriber>> {
        let key_of = |sort: &str| keys::added_of(sort).map(keys::chat);
        let listed = self
            .0
            .list(keys::CHATS, window, key_of, |item: &ChatItem| {
                item.list_sk.clone()
            })
            .await?;
        let entries: Vec<Chat> = listed
            .entries
            .into_iter()
            .map(Chat::try_from)
            .collect::<Result<_>>()?;
        Ok(List {
            entries: entries.into_iter().map(|chat| chat.subscriber).collect(),
            next: listed.next,
        })
    }

    /// Writes a chat as it is to be, with its places in audiences; `before` is as it was read. `false`: somebody else was
    /// faster.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn save_chat(&self, before: Option<&Chat>, after: &Subscriber, now: Timestamp) -> Result<bool> {
        let writes = self.chat_writes(before, after, now)?;
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// The writes of [`Self::save_chat`], the chat itself first.
    pub(super) fn chat_writes(
        &self,
        before: Option<&Chat>,
        after: &Subscriber,
        now: Timestamp,
    ) -> Result<Vec<TransactWriteItem>> {
        let was_told = before.is_some_and(|before| before.subscriber.inactive.is_none());
        let row = match before {
            Some(before) if was_told => before.row.clone(),
            _ => keys::covered_sk(after.language, &after.zone, after.id),
        };
        let added = before.map_or_else(|| keys::added(now, after.id), |before| before.added.clone());
        let to_be = rows(after, &row);
        let mut writes = vec![match before {
            None => self.0.put_new(item(&ChatItem::new(after, added, row))?)?,
            Some(before) => {
                let version = before.subscriber.version;
                let next = Subscriber {
                    version: version + 1,
                    ..after.clone()
                };
                self.0
                    .replace(item(&ChatItem::new(&next, added, row))?, version)?
            }
        }];
        let were = before
            .map(|before| rows(&before.subscriber, &before.row))
            .unwrap_or_default();
        for gone in were.iter().filter(|row| !to_be.contains(row)) {
            writes.push(self.0.delete(gone.clone())?);
        }
        for new in to_be.into_iter().filter(|row| !were.contains(row)) {
            writes.push(self.0.put(new.attributes())?);
        }
        Ok(writes)
    }

    /// Notes that a chat has another number by now, unless that one is a chat of its own. `false`: it is, or the chat has
    /// changed since it was read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn move_chat(&self, before: &Chat, to: ChatId, now: Timestamp) -> Result<bool> {
        let after = Subscriber {
            chat: to,
            ..before.subscriber.clone()
        };
        let mut writes = self.chat_writes(Some(before), &after, now)?;
        let Key { pk, sk } = keys::moved(to);
        writes.push(self.0.put(item(&MovedItem {
            pk,
            sk,
            id: after.id.number(),
        })?)?);
        writes.push(self.0.check_absent(keys::chat(to))?);
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Removes a chat, as it was read. `false`: it has changed meanwhile.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn remove_chat(&self, chat: &Chat) -> Result<bool> {
        let subscriber = &chat.subscriber;
        let mut writes = vec![
            self.0
                .delete_version(keys::chat(subscriber.id), subscriber.version)?,
        ];
        if subscriber.chat != subscriber.id {
            writes.push(self.0.delete(keys::moved(subscriber.chat))?);
        }
        for row in rows(subscriber, &chat.row) {
            writes.push(self.0.delete(row)?);
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }
}

/// The rows by which audiences find a chat.
fn rows(subscriber: &Subscriber, sk: &str) -> Vec<Key> {
    match &subscriber.regions {
        _ if subscriber.inactive.is_some() => Vec::new(),
        Coverage::All => vec![keys::covered_row(None, sk)],
        Coverage::These(regions) => regions
            .iter()
            .map(|region| keys::covered_row(Some(*region), sk))
            .collect(),
    }
}

impl ChatItem {
    fn new(subscriber: &Subscriber, added: String, row: String) -> Self {
        let Key { pk, sk } = keys::chat(subscriber.id);
        let regions = match &subscriber.regions {
            Coverage::All => Vec::new(),
            Coverage::These(regions) => regions.iter().map(ToString::to_string).collect(),
        };
        Self {
            pk,
            sk,
            list_pk: keys::CHATS.to_owned(),
            list_sk: added,
            id: subscriber.id.number(),
            chat: subscriber.chat.number(),
            title: subscriber.title.clone(),
            user: subscriber.user.map(|user| user.to_string()),
            is_of_all: subscriber.regions == Coverage::All,
            regions,
            language: subscriber.language.code().to_owned(),
            time_zone: subscriber.zone.name().to_owned(),
            inactive: subscriber.inactive.map(|reason| reason.name().to_owned()),
            since: subscriber.since.into(),
            row,
            version: subscriber.version,
        }
    }
}

impl TryFrom<ChatItem> for Chat {
    type Error = StoreError;

    fn try_from(item: ChatItem) -> Result<Self> {
        let regions = item
            .regions
            .iter()
            .filter_map(|region| RegionId::parse(region))
            .collect();
        let subscriber = Subscriber {
            id: ChatId::new(item.id)?,
            chat: ChatId::new(item.chat)?,
            title: item.title,
            user: item.user.as_deref().and_then(UserId::parse),
            regions: if item.is_of_all {
                Coverage::All
            } else {
                Coverage::These(regions)
            },
            language: Language::parse(&item.language)?,
            zone: Zone::parse(&item.time_zone)?,
            inactive: item.inactive.as_deref().map(Inactive::parse).transpose()?,
            since: item.since.into(),
            version: item.version,
        };
        Ok(Self {
            subscriber,
            added: item.list_sk,
            row: item.row,
        })
    }
}
