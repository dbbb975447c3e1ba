//! Whom a mailing goes to: clients, in the order of their parts, zones and languages.

use std::collections::BTreeSet;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    ids::MailingId,
    mailings::{Mailing, Order},
    news::{Addressee, Audience, Notice, Plan, Reader, cut},
};
use kabar_store::{Result, mailings::AudienceRow};

use super::{Planner, audience::Stretch};

/// How many clients are read at a time: most of a megabyte, which is what one read gives at most.
const CLIENTS_READ: u16 = 2_000;
/// How many pages of clients a transaction writes: with the notice and its ledger far below its hundred items, and
/// enough for all that was read, unless its people stand in very many zones.
const CLIENTS_PAGES: usize = 40;

/// How many pages are moved at a time to where an edit has them.
const MOVED_AT_ONCE: usize = 16;

/// How much the clocks of two functions may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(1);

/// The clients of one part of an audience who are on a page of the notice already: whoever moved to another zone, or
/// fits a filter that was changed, is met again and not told again. Sixteen bytes for each, of a quarter of the
/// audience; nothing as long as nobody has moved and nothing was edited.
#[derive(Default)]
pub(super) struct Seen {
    shard: Option<u8>,
    people: BTreeSet<Addressee>,
}

impl Seen {
    /// Notes people who are on a page now.
    pub(super) fn add(&mut self, people: impl IntoIterator<Item = Addressee>) {
        if self.shard.is_some() {
            self.people.extend(people);
        }
    }
}

impl Planner {
    /// The mailing that a notice is of, as long as anybody is to be told of it.
    pub(super) async fn mailing(&self, id: MailingId) -> Result<Option<Mailing>> {
        let found = self.mailings.mailing(id).await?;
        Ok(found.filter(|mailing| mailing.order != Order::Cancel))
    }

    /// The next clients of a mailing.
    pub(super) async fn clients(
        &self,
        id: MailingId,
        notice: &Notice,
        plan: &Plan,
        seen: &mut Seen,
    ) -> Result<Stretch> {
        let Some(mailing) = self.mailing(id).await? else {
            return Ok(Stretch::end());
        };
        let filter = &mailing.says.filter;
        let part = self
            .mailings
            .audience_after(filter, plan.cursor.as_deref(), CLIENTS_READ)
            .await?;
        let Some(shard) = part.rows.first().map(|row| row.shard) else {
            return Ok(Stretch::end());
        };
        let since = notice.not_before.saturating_sub(SKEW).unwrap_or(Timestamp::MIN);
        let has_moved = |row: &AudienceRow| row.client.moved_at.is_some_and(|at| at >= since);
        let may_be_met_again = plan.round > 0 || part.rows.iter().any(has_moved);
        if seen.shard.is_some_and(|of| of != shard) {
            *seen = Seen::default();
        }
        if may_be_met_again && seen.shard.is_none() {
            *seen = self.seen(notice, plan, shard).await?;
        }
        let is_new = |to: &Addressee| !seen.people.contains(to);
        let new = part.rows.iter().enumerate().filter_map(|(place, row)| {
            let to = Addressee::Client(row.client.id);
            is_new(&to).then(|| {
                let (language, zone) = (row.client.reads(), row.client.zone.clone());
                (place, Reader { to, language, zone })
            })
        });
        let (places, readers): (Vec<usize>, Vec<Reader>) = new.unzip();
        let mut slices = cut(&readers, part.is_end_of_part);
        if slices.is_empty() && !readers.is_empty() {
            // Nearly all who were read are on pages already; waiting for a full page would be waiting for ever.
            slices = cut(&readers, true);
        }
        slices.truncate(CLIENTS_PAGES);
        let people: usize = slices.iter().map(|slice| slice.people.len()).sum();
        // Up to the first who is left for the next stretch, all that was read is dealt with.
        let dealt_with = places.get(people).copied().unwrap_or(part.rows.len());
        let cursor = dealt_with.checked_sub(1).and_then(|last| part.rows.get(last));
        let now = self.world.now();
        Ok(Stretch {
            slices,
            cursor: cursor.map(|row| row.cursor.clone()),
            is_last: part.is_last && dealt_with == part.rows.len(),
            clients: Some((shard, part.rows[0].term.clone())),
            ready_at: Box::new(move |zone| opens(&mailing, now, zone)),
        })
    }

    /// Who of a part of the audience is on a page already.
    async fn seen(&self, notice: &Notice, plan: &Plan, shard: u8) -> Result<Seen> {
        let mut seen = Seen {
            shard: Some(shard),
            people: BTreeSet::new(),
        };
        for numbers in plan.pages_of(shard) {
            for planned in self.notices.planned_pages(notice.id, numbers).await? {
                seen.people.extend(planned.page.people);
            }
        }
        Ok(seen)
    }

    /// Moves the pages whose people are asleep to where a mailing that was edited has them, before its audience is gone
    /// through again. `false`: not all, for `stop` came; whoever goes on has nothing to move of those that were.
    pub(super) async fn reschedule(&self, notice: &Notice, plan: &Plan, stop: Timestamp) -> Result<bool> {
        let is_edited = plan.round > 0 && plan.cursor.is_none() && !plan.is_complete;
        let Audience::Clients(id) = notice.audience else {
            return Ok(true);
        };
        let mailing = if is_edited { self.mailing(id).await? } else { None };
        let Some(mailing) = &mailing else {
            return Ok(true);
        };
        let now = self.world.now();
        let numbers: Vec<u32> = (1..=plan.pages).collect();
        for hundred in numbers.chunks(100) {
            if self.world.now() >= stop {
                return Ok(false);
            }
            let planned = self
                .notices
                .planned_pages(notice.id, hundred.iter().copied())
                .await?;
            let moved = planned.into_iter().filter_map(|planned| {
                let (from, to) = (planned.page.ready_at, opens(mailing, now, &planned.page.zone));
                // One that can go already can go, whatever its time was.
                let is_elsewhere = from != to && (from > now || to > now);
                (planned.is_asleep && is_elsewhere).then_some((planned.page, to))
            });
            stream::iter(moved)
                .map(|(page, to)| async move { self.notices.reschedule(&page, to).await })
                .buffer_unordered(MOVED_AT_ONCE)
                .try_collect::<Vec<bool>>()
                .await?;
        }
        Ok(true)
    }
}

/// When people in a zone can be told of a mailing: when their day begins, or at the end, when nobody can be told any
/// more and that is known.
pub(super) fn opens(mailing: &Mailing, now: Timestamp, zone: &kabar_domain::Zone) -> Timestamp {
    if now >= mailing.says.end_time {
        return now;
    }
    let told = mailing.says.tells_at(now, zone);
    told.unwrap_or(mailing.says.end_time)
}
