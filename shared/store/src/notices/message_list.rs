//! Messages of a notice, page by page.

use kabar_domain::{
    ids::{MessageId, NoticeId},
    news::Status,
};

use super::{Message, Notices, PageRecord};
use crate::{List, Result, Window};

/// How many pages are looked through for one answer. Pages that cannot have the status that is asked for cost a
/// hundredth of a read each; past this the list goes on with a cursor, perhaps without an entry.
const MOST_LOOKED_AT: u32 = 2_000;
/// How many of them are looked at with one read.
const AT_ONCE: u32 = 100;
/// How many pages are read for one answer, of those that can have the status: a second or less. Past this, too, the list
/// goes on with a cursor.
const MOST_READ: u32 = 60;

impl Notices {
    /// Messages of a notice with `pages` pages, the last planned first, of all or of those that stand at a status; one
    /// read for every page of a hundred.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn messages(
        &self,
        notice: NoticeId,
        pages: u32,
        status: Option<Status>,
        window: &Window,
    ) -> Result<List<Message>> {
        let after = window.after.as_deref().and_then(MessageId::parse);
        let after = after.filter(|id| id.page().notice() == notice);
        let mut number = after.map_or(pages, |id| id.page().number().min(pages));
        let limit = usize::from(window.limit);
        let mut found: Vec<Message> = Vec::with_capacity(limit);
        let last = number.saturating_sub(MOST_LOOKED_AT);
        let mut reads = 0;
        while number > last && found.len() <= limit && reads < MOST_READ {
            let first = number.saturating_sub(AT_ONCE).max(last);
            let mut candidates: Vec<u32> = match status {
                None => (first + 1..=number).collect(),
                Some(status) => self.with_status(notice, first + 1..=number, status).await?,
            };
            candidates.sort_unstable_by(|a, b| b.cmp(a));
            number = first;
            for page in candidates {
                if found.len() > limit || reads == MOST_READ {
                    number = page;
                    break;
                }
                reads += 1;
                if let Some(record) = self.page_record(notice.page(page)).await? {
                    let messages = record.messages()?.into_iter().rev();
                    let messages = messages.filter(|message| after.is_none_or(|after| message.id < after));
                    let is_asked_for =
                        |message: &Message| status.is_none_or(|status| message.outcome.status == status);
                    found.extend(messages.filter(is_asked_for));
                }
            }
        }
        let next = if found.len() > limit {
            found.truncate(limit);
            found.last().map(|message| message.id)
        } else {
            // Not looked at to the end: the list goes on below the first message of the last page that was.
            (number > 0).then(|| notice.page(number + 1).message(1))
        };
        Ok(List {
            entries: found,
            next: next.map(|id| id.to_string()),
        })
    }

    /// The pages among these that may have messages with a status.
    async fn with_status(
        &self,
        notice: NoticeId,
        numbers: std::ops::RangeInclusive<u32>,
        status: Status,
    ) -> Result<Vec<u32>> {
        let pages = self.planned_pages(notice, numbers).await?;
        let may_have = pages.into_iter().filter(|page| page.may_have(status));
        Ok(may_have.map(|page| page.page.id.number()).collect())
    }

    /// A message; one read of its page.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn message(&self, id: MessageId) -> Result<Option<Message>> {
        let Some(record) = self.page_record(id.page()).await? else {
            return Ok(None);
        };
        Ok(record.messages()?.into_iter().find(|message| message.id == id))
    }
}

impl PageRecord {
    /// The messages of the page, in the order of their places.
    pub(super) fn messages(&self) -> Result<Vec<Message>> {
        let mut outcomes = self.outcomes()?;
        let unrecorded = self.unrecorded();
        let message = |(place, to)| {
            let outcome = outcomes.remove(&place);
            Ok(Message {
                id: self.page.id.message(place),
                to,
                channel: self.page.channel,
                created_at: self.page.created_at,
                outcome: outcome.unwrap_or_else(|| super::Outcome::none(unrecorded)),
                answered: self.answered(place)?,
            })
        };
        self.page.places().map(message).collect()
    }
}
