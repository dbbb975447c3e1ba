//! A notice keeps a few pages in its lane; the others stand in its own line, by the time from which they can be told.
//! So no notice fills a lane, and pages whose people sleep are in nobody's way.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    ids::{NoticeId, PageId},
    news::{PAGES_IN_LANE, PageState},
};
use serde::Deserialize;

use super::{Notices, ledger::Entry, plans::LOOK_AGAIN};
use crate::{
    Result,
    db::{Transaction, n, s},
    keys,
    writes::updated,
};

/// How many of the pages that can go are looked at for one slot: several senders look at the same time.
const MOST_CANDIDATES: usize = 2 * PAGES_IN_LANE;
/// The index of the line is a moment behind the pages: whoever saw nothing in it has the notice looked at again.
pub(super) const LINE_AGAIN: SignedDuration = SignedDuration::from_mins(5);

impl Notices {
    /// Lets pages that can go by `until` into the free slots of their notice's lane, and says when to look again if
    /// pages are left. Returns those that belong into their lane now.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn fill(&self, notice: NoticeId, until: Timestamp, now: Timestamp) -> Result<Vec<PageId>> {
        let ledger = self.ledger(notice).await?;
        let mut free = (0u8..)
            .zip(ledger.slots)
            .filter(|(_, page)| page.is_none())
            .map(|(slot, _)| slot);
        let mut let_in = Vec::new();
        let mut slot = free.next();
        if slot.is_some() {
            for page in self.ready(notice, until).await? {
                let Some(free_slot) = slot else { break };
                let mut entry = Entry::default();
                entry.take_slot(free_slot, page);
                let mut writes = vec![self.let_in(page, free_slot, now)?];
                writes.extend(entry.update(self, notice).map(updated).transpose()?);
                match self.0.transact(writes).await? {
                    Transaction::Written => let_in.push(page),
                    // The page was let in, told or set aside by somebody else; the slot is still free.
                    Transaction::Refused(failed) if failed == [0] => continue,
                    Transaction::Refused(_) => {}
                }
                slot = free.next();
            }
        }
        self.look_again(notice, now).await?;
        Ok(let_in)
    }

    /// Says when the notice is to be looked at next: as soon as a page of its line can go, or soon, as long as any
    /// message has no end; never, once all have.
    async fn look_again(&self, notice: NoticeId, now: Timestamp) -> Result<()> {
        let ledger = self.ledger(notice).await?;
        let mut entry = Entry::default();
        if ledger.tally.ended() < ledger.tally.total() {
            let next = self.next_ready(notice).await?;
            entry.wake_at(
                notice,
                match next {
                    // It waits for a slot, which one of those in the lane will pass on to it.
                    Some(next) if next <= now => now + LOOK_AGAIN,
                    Some(next) => next.min(now + LINE_AGAIN),
                    None => now + LINE_AGAIN,
                },
            );
        } else if ledger.wake.is_some() {
            entry.sleep();
        }
        entry.if_wake_is(ledger.wake.as_ref());
        if let Some(update) = entry.update(self, notice) {
            // Whoever was faster knows as much.
            self.0.transact(vec![updated(update)?]).await?;
        }
        Ok(())
    }

    /// The first pages of a notice's line that can go by `until`. One read, of the index, which may be a moment behind.
    pub(super) async fn ready(&self, notice: NoticeId, until: Timestamp) -> Result<Vec<PageId>> {
        self.in_line(notice, Timestamp::UNIX_EPOCH, until).await
    }

    /// The first pages of a notice's line that can go after one time and by another. One read, as [`Self::ready`].
    pub(super) async fn in_line(
        &self,
        notice: NoticeId,
        after: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<PageId>> {
        let query = self
            .0
            .query()
            .index_name(keys::DUE)
            .key_condition_expression("due_pk = :line AND due_sk BETWEEN :after AND :until")
            .expression_attribute_values(":line", s(keys::line(notice)))
            .expression_attribute_values(":after", s(keys::due_until(after)))
            .expression_attribute_values(":until", s(keys::due_until(until)))
            .limit(i32::try_from(MOST_CANDIDATES).unwrap_or(i32::MAX));
        #[derive(Deserialize)]
        struct Found {
            pk: String,
        }
        let found: Vec<Found> = self.0.rows(query).await?;
        Ok(found.iter().filter_map(|page| keys::page_of(&page.pk)).collect())
    }

    /// When the first page of a notice's line can go, if any stands in it. One read, as [`Self::ready`].
    pub(super) async fn next_ready(&self, notice: NoticeId) -> Result<Option<Timestamp>> {
        let query = self
            .0
            .query()
            .index_name(keys::DUE)
            .key_condition_expression("due_pk = :line")
            .expression_attribute_values(":line", s(keys::line(notice)))
            .limit(1);
        #[derive(Deserialize)]
        struct Found {
            due_sk: String,
        }
        let found: Vec<Found> = self.0.rows(query).await?;
        Ok(found.first().and_then(|first| keys::ready_at(&first.due_sk)))
    }

    /// The write that takes a page from its notice's line into a slot of the lane.
    pub(super) fn let_in(&self, page: PageId, slot: u8, now: Timestamp) -> Result<TransactWriteItem> {
        let (shard, time) = keys::due(now + LOOK_AGAIN, &keys::page(page));
        let update = self
            .0
            .update(keys::page(page))
            .update_expression(
                "SET #state = :queued, slot = :slot, not_before = :now, due_pk = :shard, due_sk = :time",
            )
            .condition_expression("#state = :waiting")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":queued", s(PageState::Queued.name()))
            .expression_attribute_values(":waiting", s(PageState::Waiting.name()))
            .expression_attribute_values(":slot", n(slot))
            .expression_attribute_values(":now", n(now.as_millisecond()))
            .expression_attribute_values(":shard", s(shard))
            .expression_attribute_values(":time", s(time));
        updated(update)
    }
}

/// The candidates for a slot, beginning with another one for each slot, so that senders who look for the next page at
/// the same moment do not all want the same.
pub(super) fn in_turn(mut candidates: Vec<PageId>, slot: u8) -> Vec<PageId> {
    if !candidates.is_empty() {
        let start = usize::from(slot) % candidates.len();
        candidates.rotate_left(start);
    }
    candidates
}
