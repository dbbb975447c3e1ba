use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, TransactWriteItem, Update};
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    ids::{NoticeId, PageId},
    news::{PAGES_IN_LANE, Page, PageState, Plan},
};
use serde::Deserialize;

use super::{Notices, items::PageItem};
use crate::{
    Result, StoreError,
    db::{Transaction, item, n, s},
    instant::Millis,
    keys,
};

/// How long after its last step a notice or page is looked at again, should the queue have forgotten it.
pub(super) const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(60);

/// What came of writing a part of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planned {
    /// It is written; these pages belong into their lane now.
    Written(Vec<PageId>),
    /// The notice was planned further by somebody else, or a page closed meanwhile: read again.
    Stale,
}

impl Notices {
    /// Writes the next pages of a notice and moves its plan from `before` to `after`, in one transaction: a crash
    /// resumes exactly there, and two planners cannot plan the same people twice.
    ///
    /// A page enters its lane when the one [`PAGES_IN_LANE`] before it closes; those whose turn has already come
    /// enter it at once.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn plan(
        &self,
        notice: NoticeId,
        before: &Plan,
        after: &Plan,
        pages: &[Page],
        now: Timestamp,
    ) -> Result<Planned> {
        let open = self.open_before(notice, before.pages + 1).await?;
        let mut queued = Vec::new();
        let mut writes = vec![self.move_plan(notice, before, after, now)?];
        for page in pages {
            let number = page.id.number();
            let waits = number
                .checked_sub(PAGES_IN_LANE)
                .is_some_and(|earlier| earlier > before.pages || open.contains(&earlier));
            let state = if waits {
                PageState::Waiting
            } else {
                PageState::Queued
            };
            writes.push(self.put_page(page, state, now)?);
            if !waits {
                queued.push(page.id);
            } else if let Some(earlier) = number.checked_sub(PAGES_IN_LANE).filter(|e| *e <= before.pages) {
                writes.push(self.still_open(notice.page(earlier))?);
            }
        }
        let is_written = self.0.transact(writes).await? == Transaction::Written;
        Ok(if is_written {
            Planned::Written(queued)
        } else {
            Planned::Stale
        })
    }

    /// Which of the pages that precede `next` by up to a lane's length have not closed yet.
    async fn open_before(&self, notice: NoticeId, next: u32) -> Result<Vec<u32>> {
        #[derive(Deserialize)]
        struct Found {
            pk: String,
            state: String,
        }
        let first = next.saturating_sub(PAGES_IN_LANE).max(1);
        if first == next {
            return Ok(Vec::new());
        }
        let keys = (first..next)
            .map(|number| keys::page(notice.page(number)))
            .collect();
        let found: Vec<Found> = self.0.get_many(keys, true).await?;
        let open = found.iter().filter(|page| page.state != PageState::Closed.name());
        Ok(open
            .filter_map(|page| keys::page_of(&page.pk).map(PageId::number))
            .collect())
    }

    fn move_plan(
        &self,
        notice: NoticeId,
        before: &Plan,
        after: &Plan,
        now: Timestamp,
    ) -> Result<TransactWriteItem> {
        let (shard, time) = keys::due(now + LOOK_AGAIN, &keys::notice(notice));
        let due = if after.is_complete {
            "REMOVE due_pk, due_sk"
        } else {
            "SET due_pk = :shard, due_sk = :time"
        };
        let set = "#cursor = :cursor, pages = :pages, people = :people, is_complete = :complete";
        let expression = if after.is_complete {
            format!("SET {set} {due}")
        } else {
            format!("{due}, {set}")
        };
        let cursor = after.cursor.as_ref().map_or(AttributeValue::Null(true), s);
        let mut update = Update::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::notice(notice).attributes()))
            .update_expression(expression)
            .condition_expression("pages = :before AND is_complete = :false")
            .expression_attribute_names("#cursor", "cursor")
            .expression_attribute_values(":cursor", cursor)
            .expression_attribute_values(":pages", n(after.pages))
            .expression_attribute_values(":people", n(after.people))
            .expression_attribute_values(":complete", AttributeValue::Bool(after.is_complete))
            .expression_attribute_values(":before", n(before.pages))
            .expression_attribute_values(":false", AttributeValue::Bool(false));
        if !after.is_complete {
            update = update
                .expression_attribute_values(":shard", s(shard))
                .expression_attribute_values(":time", s(time));
        }
        Ok(TransactWriteItem::builder()
            .update(update.build().map_err(StoreError::unreadable)?)
            .build())
    }

    fn put_page(&self, page: &Page, state: PageState, now: Timestamp) -> Result<TransactWriteItem> {
        let key = keys::page(page.id);
        let due = (state == PageState::Queued).then(|| keys::due(now + LOOK_AGAIN, &key));
        let (due_pk, due_sk) = due.unzip();
        let page = PageItem {
            pk: key.pk,
            sk: key.sk,
            due_pk,
            due_sk,
            lane: page.lane.name().to_owned(),
            channel: page.channel.name().to_owned(),
            language: page.language.code().to_owned(),
            time_zone: page.zone.name().to_owned(),
            people: page.people.iter().flat_map(|user| user.to_bytes()).collect(),
            created_at: page.created_at.into(),
            state: state.name().to_owned(),
            failures: 0,
            not_before: Millis::from(now),
            claim: None,
            claimed_until: None,
            doubtful: Vec::new(),
        };
        self.0.put_new(item(&page)?)
    }

    pub(super) fn still_open(&self, page: PageId) -> Result<TransactWriteItem> {
        let check = ConditionCheck::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::page(page).attributes()))
            .condition_expression("#state <> :closed")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":closed", s(PageState::Closed.name()))
            .build()
            .map_err(StoreError::unreadable)?;
        Ok(TransactWriteItem::builder().condition_check(check).build())
    }
}
