use aws_sdk_dynamodb::types::{TransactWriteItem, builders::UpdateBuilder};
use jiff::Timestamp;
use kabar_domain::{
    ids::{NoticeId, PageId},
    news::{PAGES_IN_LANE, PageState, Tally},
};

use super::{Claim, Notices, items::IN_DOUBT, plans::LOOK_AGAIN};
use crate::{
    Result, StoreError,
    db::{Transaction, n, s},
    keys,
    writes::updated,
};

/// How often a page is tried to be closed while its provider or its planner come in between.
const MOST_CLOSES: u32 = 10;

impl Notices {
    /// Closes a page whose every message has come to an end: its state, the notice's counters, and the turn of the
    /// page that waited for it, in one transaction.
    ///
    /// `tally` is what the page's senders recorded. What the provider has said of the messages meanwhile is counted
    /// instead where there is something: a read of the page, and another try.
    ///
    /// `may_have_next`: whether the notice has, or may yet get, a page that waits for this one. Returns the page
    /// whose turn it is now. Closing under a claim that has lapsed does nothing.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn close(
        &self,
        claim: &Claim,
        tally: &Tally,
        may_have_next: bool,
        now: Timestamp,
    ) -> Result<Option<PageId>> {
        let page = claim.page.id;
        let next = page.notice().page(page.number() + PAGES_IN_LANE);
        let (mut tally, mut answered) = (tally.clone(), 0);
        // The next page exists and waits, or does not exist yet and then its planner sees that this one is closed.
        // A planner that is at it right now makes either condition fail; then the other one holds.
        let mut exists = true;
        for _ in 0..MOST_CLOSES {
            let mut writes = vec![
                self.end(claim)?,
                self.count(page, &tally)?,
                self.still_answered(page, answered)?,
            ];
            if may_have_next {
                writes.push(if exists {
                    self.let_in(next, now)?
                } else {
                    self.0.check_absent(keys::page(next))?
                });
            }
            let Transaction::Refused(failed) = self.0.transact(writes).await? else {
                return Ok((may_have_next && exists).then_some(next));
            };
            if failed.contains(&0) {
                return Ok(None);
            }
            if failed.contains(&2) {
                (tally, answered) = self.told_on(page).await?;
            }
            if failed.contains(&3) {
                exists = !exists;
            }
        }
        Err(StoreError::Contended)
    }

    /// Where the messages of a page stand, counted, and the version of what the provider has said of them.
    async fn told_on(&self, page: PageId) -> Result<(Tally, u64)> {
        let record = self.page_record(page).await?;
        let record = record.ok_or_else(|| StoreError::unreadable("a page that is being closed"))?;
        let mut tally = Tally::default();
        for outcome in record.outcomes()?.values() {
            tally.add(outcome.status, outcome.in_doubt);
        }
        Ok((tally, record.answers.version))
    }

    fn end(&self, claim: &Claim) -> Result<TransactWriteItem> {
        let update = self
            .update_page(claim.page.id)
            .update_expression("SET #state = :closed REMOVE due_pk, due_sk")
            .condition_expression("claim = :claim AND #state = :claimed")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":closed", s(PageState::Closed.name()))
            .expression_attribute_values(":claimed", s(PageState::Claimed.name()))
            .expression_attribute_values(":claim", s(claim.id.to_string()));
        updated(update)
    }

    fn count(&self, page: PageId, tally: &Tally) -> Result<TransactWriteItem> {
        let named = tally
            .by_status
            .iter()
            .map(|(status, count)| (status.name(), i64::from(*count)));
        self.add_to_tally(
            page.notice(),
            named.chain([(IN_DOUBT, i64::from(tally.in_doubt))]),
        )
    }

    /// The write that adds to the counters of a notice, by name.
    pub(super) fn add_to_tally<'n>(
        &self,
        notice: NoticeId,
        counts: impl IntoIterator<Item = (&'n str, i64)>,
    ) -> Result<TransactWriteItem> {
        let mut update = self.0.update(keys::tally(notice));
        let mut parts = Vec::new();
        for (i, (name, count)) in counts.into_iter().enumerate() {
            parts.push(format!("#c{i} :c{i}"));
            update = update
                .expression_attribute_names(format!("#c{i}"), name)
                .expression_attribute_values(format!(":c{i}"), n(count));
        }
        updated(update.update_expression(format!("ADD {}", parts.join(", "))))
    }

    fn let_in(&self, page: PageId, now: Timestamp) -> Result<TransactWriteItem> {
        let (shard, time) = keys::due(now + LOOK_AGAIN, &keys::page(page));
        let update = self
            .update_page(page)
            .update_expression("SET #state = :queued, not_before = :now, due_pk = :shard, due_sk = :time")
            .condition_expression("#state = :waiting")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":queued", s(PageState::Queued.name()))
            .expression_attribute_values(":waiting", s(PageState::Waiting.name()))
            .expression_attribute_values(":now", n(now.as_millisecond()))
            .expression_attribute_values(":shard", s(shard))
            .expression_attribute_values(":time", s(time));
        updated(update)
    }

    fn update_page(&self, page: PageId) -> UpdateBuilder {
        self.0.update(keys::page(page))
    }
}
