//! What people with an account were told, as they find it themselves.

use std::collections::BTreeSet;

use kabar_domain::{
    ids::{MessageId, PageId, UserId},
    news::{Addressee, Notice, Page},
};

use super::{Message, Notices, Outcome, messages::MessageItem};
use crate::{List, Result, StoreError, Window, keys};

/// A message with what it tells.
#[derive(Clone, Debug)]
pub struct OwnMessage {
    /// Which.
    pub id: MessageId,
    /// What it tells, and to whom.
    pub notice: Notice,
    /// What became of it.
    pub outcome: Outcome,
}

impl Notices {
    /// What a person was told or was to be told, the newest first, as soon as something has become of it; two reads for
    /// fifty, and one more for every further fifty.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn messages_of(&self, user: UserId, window: &Window) -> Result<List<OwnMessage>> {
        let key_of = |sort: &str| Some(keys::message(MessageId::parse(sort)?));
        let sort_of = |row: &MessageItem| row.list_sk.clone().unwrap_or_default();
        let list = keys::messages_of(user);
        let listed = self.0.list(&list, window, key_of, sort_of).await?;
        let rows = listed.entries.into_iter().map(|row| {
            let id = row.list_sk.as_deref().and_then(MessageId::parse);
            let id = id.ok_or_else(|| StoreError::unreadable("a message's id"))?;
            Ok((id, Outcome::try_from(row)?))
        });
        let rows: Vec<(MessageId, Outcome)> = rows.collect::<Result<_>>()?;
        let pages: BTreeSet<PageId> = rows.iter().map(|(id, _)| id.page()).collect();
        let (notices, answers) = self.beside(&pages).await?;
        // A notice is kept as long as its messages.
        let own = rows.into_iter().filter_map(|(id, outcome)| {
            let notice = notices.get(&id.page().notice())?.clone();
            let answer = answers.get(&id.page()).map(|answers| answers.at(id.place()));
            let answer = answer.transpose().map(Option::flatten);
            Some(answer.map(|answer| OwnMessage {
                id,
                notice,
                outcome: outcome.answered(answer),
            }))
        });
        Ok(List {
            entries: own.collect::<Result<_>>()?,
            next: listed.next,
        })
    }

    /// A message that is a person's, with the page that it stands on; two reads.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn message_of(&self, user: UserId, id: MessageId) -> Result<Option<(OwnMessage, Page)>> {
        let is_theirs =
            |message: &Message| message.to.user() == Some(user) || message.outcome.user == Some(user);
        self.message_where(id, is_theirs).await
    }

    /// A message that is to this person, with the page that it stands on; two reads.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn message_to(&self, to: Addressee, id: MessageId) -> Result<Option<(OwnMessage, Page)>> {
        self.message_where(id, |message| message.to == to).await
    }

    async fn message_where(
        &self,
        id: MessageId,
        is_theirs: impl Fn(&Message) -> bool,
    ) -> Result<Option<(OwnMessage, Page)>> {
        let page = id.page();
        let (notice, record) = tokio::try_join!(self.notice(page.notice()), self.page_record(page))?;
        let Some(((notice, _), record)) = notice.zip(record) else {
            return Ok(None);
        };
        let found = record.messages()?.into_iter().find(|message| message.id == id);
        Ok(found.filter(is_theirs).map(|message| {
            let outcome = message.outcome;
            (OwnMessage { id, notice, outcome }, record.page)
        }))
    }
}
