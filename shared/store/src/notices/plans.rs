use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    ids::{NoticeId, PageId},
    news::{Page, PageState, Plan, Status, Tally},
};

use serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value;

use super::{
    Notices,
    items::{PageItem, TermItem, counts_of},
    ledger::Entry,
};
use crate::{
    Result, StoreError,
    db::{Transaction, item, n, s},
    instant::Millis,
    keys,
    writes::updated,
};

/// How long after its last step a notice or page is looked at again, should the queue have forgotten it.
pub(super) const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(60);

/// What came of writing a part of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planned {
    /// It is written; these pages belong into their lane now.
    Written(Vec<PageId>),
    /// The notice was planned further by somebody else, or a slot was taken meanwhile: read again.
    Stale,
}

impl Notices {
    /// Writes the next pages of a notice and moves its plan from `before` to `after`, in one transaction: a crash
    /// resumes exactly there, and two planners cannot plan the same people twice.
    ///
    /// Pages take the slots that are free in the lane; the others stand in the notice's line until a slot is passed on
    /// to them.
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
        let ledger = self.ledger(notice).await?;
        let mut free = (0u8..)
            .zip(ledger.slots)
            .filter(|(_, page)| page.is_none())
            .map(|(slot, _)| slot);
        let (mut entry, mut queued) = (Entry::default(), Vec::new());
        let mut counts = Tally::default();
        let mut writes = vec![self.move_plan(notice, before, after, now)?];
        let mut wake = None;
        for page in pages {
            let slot = if page.ready_at <= now { free.next() } else { None };
            match slot {
                Some(slot) => {
                    entry.take_slot(slot, page.id);
                    queued.push(page.id);
                }
                None => {
                    wake = wake
                        .into_iter()
                        .chain([page.ready_at.max(now + LOOK_AGAIN)])
                        .min()
                }
            }
            let counted = planned(page, now);
            for (status, count) in &counted.by_status {
                counts.add_all(*status, *count);
            }
            writes.push(self.put_page(page, slot, &counted, now)?);
        }
        entry.count(&Tally::default(), &counts);
        if let Some(wake) = wake.filter(|wake| {
            ledger
                .wake
                .is_none_or(|before| keys::is_due_after(&before, *wake))
        }) {
            entry.wake_at(notice, wake);
        }
        writes.extend(entry.update(self, notice).map(updated).transpose()?);
        let is_written = self.0.transact(writes).await? == Transaction::Written;
        Ok(if is_written {
            Planned::Written(queued)
        } else {
            Planned::Stale
        })
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
        let set = "#cursor = :cursor, pages = :pages, people = :people, is_complete = :complete, stretches = :stretches";
        let expression = if after.is_complete {
            format!("SET {set} {due}")
        } else {
            format!("{due}, {set}")
        };
        let stretches: Vec<(u8, u32)> = after.stretches.iter().map(|s| (s.shard, s.first)).collect();
        let stretches = to_attribute_value(stretches).map_err(StoreError::unreadable)?;
        let cursor = after.cursor.as_ref().map_or(AttributeValue::Null(true), s);
        let mut update = Update::builder()
            .table_name(&self.0.table)
            .set_key(Some(keys::notice(notice).attributes()))
            .update_expression(expression)
            .condition_expression("pages = :before AND is_complete = :false AND round = :round")
            .expression_attribute_names("#cursor", "cursor")
            .expression_attribute_values(":cursor", cursor)
            .expression_attribute_values(":pages", n(after.pages))
            .expression_attribute_values(":people", n(after.people))
            .expression_attribute_values(":complete", AttributeValue::Bool(after.is_complete))
            .expression_attribute_values(":round", n(before.round))
            .expression_attribute_values(":stretches", stretches)
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

    fn put_page(
        &self,
        page: &Page,
        slot: Option<u8>,
        counted: &Tally,
        now: Timestamp,
    ) -> Result<TransactWriteItem> {
        let key = keys::page(page.id);
        let (due_pk, due_sk) = match slot {
            Some(_) => keys::due(now + LOOK_AGAIN, &key),
            None => (
                keys::line(page.id.notice()),
                keys::place_in_line(page.ready_at, page.id),
            ),
        };
        let state = if slot.is_some() {
            PageState::Queued
        } else {
            PageState::Waiting
        };
        let page = PageItem {
            pk: key.pk,
            sk: key.sk,
            due_pk: Some(due_pk),
            due_sk: Some(due_sk),
            lane: page.lane.name().to_owned(),
            channel: page.channel.name().to_owned(),
            language: page.language.code().to_owned(),
            time_zone: page.zone.name().to_owned(),
            people: page.people.iter().flat_map(|to| to.to_bytes()).collect(),
            clients: page.term.as_ref().map(TermItem::from),
            created_at: page.created_at.into(),
            state: state.name().to_owned(),
            failures: 0,
            not_before: Millis::from(page.ready_at),
            slot,
            counted: counts_of(counted),
            broken_down: Vec::new(),
            claim: None,
            claimed_until: None,
            doubtful: Vec::new(),
        };
        self.0.put_new(item(&page)?)
    }
}

/// Where the messages of a new page stand.
fn planned(page: &Page, now: Timestamp) -> Tally {
    let is_asleep = page.ready_at > now;
    let mut tally = Tally::default();
    let status = if is_asleep {
        Status::WrongTime
    } else {
        Status::Waiting
    };
    tally.add_all(status, u32::try_from(page.people.len()).unwrap_or(u32::MAX));
    tally
}
