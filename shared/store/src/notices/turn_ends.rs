use std::collections::HashMap;

use aws_sdk_dynamodb::{
    primitives::Blob,
    types::{AttributeValue, TransactWriteItem},
};
use jiff::Timestamp;
use kabar_domain::{
    ids::{NoticeId, PageId},
    mailings::Breakdown,
    news::{Page, PageState, Status, Tally},
};

use super::{Claim, Notices, Outcome, items::counts_of, ledger::Entry, line::in_turn};
use crate::{
    Result, StoreError,
    db::{Transaction, n, s},
    keys,
    writes::updated,
};

/// How often a turn is tried to be ended while its provider or other senders come in between.
const MOST_ENDS: u32 = 20;

/// How a page leaves its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnEnd {
    /// For good: every message has come to an end.
    Close,
    /// Until its people can be told.
    SetAside {
        /// When that is.
        until: Timestamp,
        /// How often it was set aside with messages that failed.
        failures: u32,
        /// Where the messages stand meanwhile that nobody has begun.
        rest: Status,
    },
}

impl TurnEnd {
    /// Where the messages of a page stand that left its lane this way.
    fn of(self, mut tally: Tally) -> Tally {
        if let Self::SetAside { rest, .. } = self {
            let begun_by_nobody = tally.by_status.remove(&Status::Queued).unwrap_or_default();
            tally.add_all(rest, begun_by_nobody);
        }
        tally
    }
}

/// What came of a page's leaving its lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// The page that has its slot now.
    pub next: Option<PageId>,
    /// When the notice is to be looked at, if nobody who is in the lane will let in those who wait.
    pub look_at: Option<Timestamp>,
}

impl Notices {
    /// Takes a page out of its lane: its state, the notice's counters, and the page that has its slot now, in one
    /// transaction.
    ///
    /// `rows` are what its senders recorded, by place. What the provider has said of them meanwhile is counted instead
    /// where there is something: a read of the page, and another try. `ready_by`: which pages of the
    /// notice's line can go; nothing if there is no line. Under a claim that has lapsed nothing is done.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn leave(
        &self,
        claim: &Claim,
        end: TurnEnd,
        rows: &HashMap<u8, Outcome>,
        ready_by: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Left> {
        let (page, notice) = (claim.page.id, claim.page.id.notice());
        let (mut tally, mut answered) = (end.of(recorded(&claim.page, rows)), 0);
        let broken_down = self.broken_down(claim, rows).await?;
        let candidates = match ready_by {
            Some(until) => in_turn(self.ready(notice, until).await?, claim.slot),
            None => Vec::new(),
        };
        let mut candidates = candidates.into_iter();
        let mut next = candidates.next();
        let mut look_at = match next {
            None => self.look_at(notice, end, ready_by).await?,
            Some(_) => None,
        };
        let mut is_first_to_wake = true;
        for _ in 0..MOST_ENDS {
            let mut entry = Entry::default();
            entry.count(&claim.counted, &tally);
            entry.pass_slot(claim.slot, next);
            if let Some(at) = look_at.filter(|_| is_first_to_wake) {
                entry.wake_by(notice, at);
            }
            let entry = entry
                .update(self, notice)
                .ok_or_else(|| StoreError::unreadable("an entry"))?;
            let mut writes = vec![
                self.end(claim, end, &tally, broken_down.as_ref())?,
                updated(entry)?,
                self.still_answered(page, answered)?,
            ];
            if let Some(next) = next {
                writes.push(self.let_in(next, claim.slot, now)?);
            }
            if let Some((more, _)) = &broken_down {
                writes.push(self.add_to_breakdown(notice, claim.slot, more)?);
            }
            let Transaction::Refused(failed) = self.0.transact(writes).await? else {
                return Ok(Left { next, look_at });
            };
            if failed.contains(&0) {
                return Ok(Left::default());
            }
            if failed.contains(&1) {
                is_first_to_wake = false;
            }
            if failed.contains(&2) {
                let (told, version) = self.told_on(page).await?;
                (tally, answered) = (end.of(told), version);
            }
            if failed.contains(&3) {
                next = candidates.next();
                if next.is_none() {
                    look_at = self.look_at(notice, end, ready_by).await?;
                }
            }
        }
        Err(StoreError::Contended)
    }

    /// When a notice is to be looked at whose lane may be empty now: when the first page of its line can go.
    async fn look_at(
        &self,
        notice: NoticeId,
        end: TurnEnd,
        ready_by: Option<Timestamp>,
    ) -> Result<Option<Timestamp>> {
        let own = match end {
            TurnEnd::Close => None,
            TurnEnd::SetAside { until, .. } => Some(until),
        };
        let others = match ready_by {
            Some(_) => self.next_ready(notice).await?,
            None => None,
        };
        Ok(own.into_iter().chain(others).min())
    }

    /// Where the messages of a page stand, counted, and the version of what the provider has said of them.
    async fn told_on(&self, page: PageId) -> Result<(Tally, u64)> {
        let record = self.page_record(page).await?;
        let record = record.ok_or_else(|| StoreError::unreadable("a page that is in its lane"))?;
        Ok((record.tally()?, record.answers.version))
    }

    /// What a page of clients adds to the breakdown of its notice, and then all places that the breakdown has of it. One
    /// read, for the tags that are counted by name.
    async fn broken_down(
        &self,
        claim: &Claim,
        rows: &HashMap<u8, Outcome>,
    ) -> Result<Option<(Breakdown, Vec<u8>)>> {
        if claim.page.term.is_none() {
            return Ok(None);
        }
        let tags = self.breakdown(claim.page.id.notice()).await?.by_tag;
        let mut places = claim.broken_down.clone();
        let mut more = Breakdown {
            turns: 1,
            ..Breakdown::default()
        };
        for (place, row) in rows {
            let (Some(at), Some(about)) = (row.sent_at, &row.about) else {
                continue;
            };
            let (byte, bit) = (usize::from(*place) / 8, 1u8 << (place % 8));
            places.resize(places.len().max(byte + 1), 0);
            if places[byte] & bit == 0 {
                places[byte] |= bit;
                more.add(at, &about.operator_code, &about.tag, &tags);
                more.attempts += row.attempts;
            }
        }
        Ok(Some((more, places)))
    }

    fn end(
        &self,
        claim: &Claim,
        end: TurnEnd,
        tally: &Tally,
        broken_down: Option<&(Breakdown, Vec<u8>)>,
    ) -> Result<TransactWriteItem> {
        let page = claim.page.id;
        let places = broken_down.map_or_else(Vec::new, |(_, places)| places.clone());
        let update = self
            .0
            .update(keys::page(page))
            .condition_expression("claim = :claim AND #state = :claimed")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":claimed", s(PageState::Claimed.name()))
            .expression_attribute_values(":claim", s(claim.id.to_string()))
            .expression_attribute_values(":counted", counted(tally)?)
            .expression_attribute_values(":places", AttributeValue::B(Blob::new(places)));
        updated(match end {
            TurnEnd::Close => update
                .update_expression("SET #state = :closed, counted = :counted, broken_down = :places REMOVE due_pk, due_sk, slot")
                .expression_attribute_values(":closed", s(PageState::Closed.name())),
            TurnEnd::SetAside { until, failures, .. } => update
                .update_expression(
                    "SET #state = :waiting, counted = :counted, broken_down = :places, not_before = :until, failures = :failures, \
                     due_pk = :line, due_sk = :place REMOVE slot",
                )
                .expression_attribute_values(":waiting", s(PageState::Waiting.name()))
                .expression_attribute_values(":until", n(until.as_millisecond()))
                .expression_attribute_values(":failures", n(failures))
                .expression_attribute_values(":line", s(keys::line(page.notice())))
                .expression_attribute_values(":place", s(keys::place_in_line(until, page))),
        })
    }
}

/// Where the messages of a page stand, by what its senders recorded.
fn recorded(page: &Page, rows: &HashMap<u8, Outcome>) -> Tally {
    let mut tally = Tally::default();
    for (place, _) in page.places() {
        match rows.get(&place) {
            Some(row) => tally.add(row.status, row.in_doubt),
            None => tally.add(Status::Queued, false),
        }
    }
    tally
}

/// What the counters have of a page, as it lies on the page.
pub(super) fn counted(tally: &Tally) -> Result<AttributeValue> {
    serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(counts_of(tally)).map_err(StoreError::unreadable)
}
