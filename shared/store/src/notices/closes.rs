use aws_sdk_dynamodb::types::{TransactWriteItem, Update, builders::UpdateBuilder};
use jiff::Timestamp;
use kabar_domain::{
    ids::PageId,
    news::{PAGES_IN_LANE, PageState, Tally},
};

use super::{Claim, Notices, items::IN_DOUBT, plans::LOOK_AGAIN};
use crate::{
    Result, StoreError,
    db::{Transaction, n, s},
    keys,
    writes::updated,
};

impl Notices {
    /// Closes a page whose every message has come to an end: its state, the notice's counters, and the turn of the
    /// page that waited for it, in one transaction.
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
        let base =
            || -> Result<Vec<TransactWriteItem>> { Ok(vec![self.end(claim)?, self.count(page, tally)?]) };
        if !may_have_next {
            return self.0.transact(base()?).await.map(|_| None);
        }
        // The next page exists and waits, or does not exist yet and then its planner sees that this one is closed.
        // A planner that is at it right now makes either condition fail; then the other one holds.
        for exists in [true, false, true] {
            let mut writes = base()?;
            writes.push(if exists {
                self.let_in(next, now)?
            } else {
                self.0.check_absent(keys::page(next))?
            });
            match self.0.transact(writes).await? {
                Transaction::Written => return Ok(exists.then_some(next)),
                Transaction::Refused(failed) if failed.contains(&0) => return Ok(None),
                Transaction::Refused(_) => {}
            }
        }
        Err(StoreError::Contended)
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
        let mut update = Update::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::tally(page.notice()).attributes()));
        let named = tally
            .by_status
            .iter()
            .map(|(status, count)| (status.name(), *count));
        let mut parts = Vec::new();
        for (i, (name, count)) in named.chain([(IN_DOUBT, tally.in_doubt)]).enumerate() {
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
