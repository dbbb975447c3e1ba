//! What people with an account were told, as they find it themselves.

use std::collections::{BTreeSet, HashMap};

use kabar_domain::{
    ids::{MessageId, NoticeId, PageId, UserId},
    news::{Notice, Page},
};
use serde::Deserialize;

use super::{Notices, Outcome, answers::Answers, items::NoticeItem, messages::MessageItem};
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

/// What is read beside messages, to say what became of them and what they tell.
#[derive(Deserialize)]
#[serde(untagged)]
enum Beside {
    Notice(Box<NoticeItem>),
    Answers {
        pk: String,
        #[serde(flatten)]
        answers: Answers,
    },
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

    /// The notices of these pages, and what the provider said of the pages' messages.
    async fn beside(
        &self,
        pages: &BTreeSet<PageId>,
    ) -> Result<(HashMap<NoticeId, Notice>, HashMap<PageId, Answers>)> {
        let notices: BTreeSet<NoticeId> = pages.iter().map(|page| page.notice()).collect();
        let notices = notices.into_iter().map(keys::notice);
        let keys = notices.chain(pages.iter().copied().map(keys::answers));
        let (mut notices, mut answers) = (HashMap::new(), HashMap::new());
        for found in self.0.get_many(keys.collect(), false).await? {
            match found {
                Beside::Notice(item) => {
                    let (notice, _) = item.parts()?;
                    notices.insert(notice.id, notice);
                }
                Beside::Answers { pk, answers: said } => {
                    let page = keys::page_of(&pk).ok_or_else(|| StoreError::unreadable("a page"))?;
                    answers.insert(page, said);
                }
            }
        }
        Ok((notices, answers))
    }

    /// A message that is a person's, with the page that it stands on; two reads.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn message_of(&self, user: UserId, id: MessageId) -> Result<Option<(OwnMessage, Page)>> {
        let page = id.page();
        let (notice, record) = tokio::try_join!(self.notice(page.notice()), self.page_record(page))?;
        let Some(((notice, _), record)) = notice.zip(record) else {
            return Ok(None);
        };
        let found = record.messages()?.into_iter().find(|message| message.id == id);
        let is_theirs =
            |message: &super::Message| message.to.user() == Some(user) || message.outcome.user == Some(user);
        Ok(found.filter(is_theirs).map(|message| {
            let outcome = message.outcome;
            (OwnMessage { id, notice, outcome }, record.page)
        }))
    }
}
