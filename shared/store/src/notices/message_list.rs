//! Messages of a notice, page by page.

use std::ops::RangeInclusive;

use kabar_domain::{
    ids::{MessageId, NoticeId},
    news::Status,
};

use super::{Message, Notices, PageRecord};
use crate::{List, Order, Result, Window};

/// How many pages are looked through for one answer. Pages that cannot have the status that is asked for cost a
/// hundredth of a read each; past this the list goes on with a cursor, perhaps without an entry.
const MOST_LOOKED_AT: u32 = 2_000;
/// How many of them are looked at with one read.
const AT_ONCE: u32 = 100;
/// How many pages are read for one answer, of those that can have the status: a second or less. Past this, too, the list
/// goes on with a cursor.
const MOST_READ: u32 = 60;

/// The way through the pages of a notice: its places are counted from where the list begins.
#[derive(Clone, Copy)]
struct Way {
    notice: NoticeId,
    pages: u32,
    order: Order,
}

impl Way {
    /// The number of the page at a place, from 1.
    const fn page(self, place: u32) -> u32 {
        match self.order {
            Order::Newest => self.pages - place,
            Order::Oldest => place + 1,
        }
    }

    /// The place of a page.
    const fn place(self, page: u32) -> u32 {
        match self.order {
            Order::Newest => self.pages.saturating_sub(page),
            Order::Oldest => page.saturating_sub(1),
        }
    }

    /// The pages at the places from one up to another, which is not among them.
    fn between(self, from: u32, to: u32) -> RangeInclusive<u32> {
        let (one, other) = (self.page(from), self.page(to - 1));
        one.min(other)..=one.max(other)
    }

    /// Whether a message follows another one.
    fn follows(self, message: MessageId, other: MessageId) -> bool {
        match self.order {
            Order::Newest => message < other,
            Order::Oldest => message > other,
        }
    }

    /// What no message on the page at a place or before it follows.
    const fn end_of(self, place: u32) -> MessageId {
        let page = self.notice.page(self.page(place));
        match self.order {
            Order::Newest => page.message(1),
            Order::Oldest => page.message(u8::MAX),
        }
    }
}

impl Notices {
    /// Messages of a notice with `pages` pages, by when they were planned, of all or of those that stand at a status; one
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
        let way = Way {
            notice,
            pages,
            order: window.order,
        };
        let after = window.after.as_deref().and_then(MessageId::parse);
        let after = after.filter(|id| id.page().notice() == notice);
        let mut at = after.map_or(0, |id| way.place(id.page().number()));
        let limit = usize::from(window.limit);
        let mut found: Vec<Message> = Vec::with_capacity(limit);
        let last = at.saturating_add(MOST_LOOKED_AT).min(pages);
        let mut reads = 0;
        while at < last && found.len() <= limit && reads < MOST_READ {
            let end = (at + AT_ONCE).min(last);
            let mut places: Vec<u32> = match status {
                None => (at..end).collect(),
                Some(status) => {
                    let pages = self.with_status(notice, way.between(at, end), status).await?;
                    pages.into_iter().map(|page| way.place(page)).collect()
                }
            };
            places.sort_unstable();
            at = end;
            for place in places {
                if found.len() > limit || reads == MOST_READ {
                    at = place;
                    break;
                }
                reads += 1;
                if let Some(record) = self.page_record(notice.page(way.page(place))).await? {
                    let mut messages = record.messages()?;
                    window.order.sort(&mut messages, |message| message.id);
                    let is_asked_for = |message: &Message| {
                        after.is_none_or(|after| way.follows(message.id, after))
                            && status.is_none_or(|status| message.outcome.status == status)
                    };
                    found.extend(messages.into_iter().filter(is_asked_for));
                }
            }
        }
        let next = if found.len() > limit {
            found.truncate(limit);
            found.last().map(|message| message.id)
        } else {
            // Not looked at to the end: the list goes on after the last page that was.
            (at < pages).then(|| way.end_of(at.saturating_sub(1)))
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
        numbers: RangeInclusive<u32>,
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
