use std::sync::Arc;

use jiff::Timestamp;
use kabar_courier::{DispatchQueue, DispatchWork, LaneWork, Lanes};
use kabar_domain::{
    World,
    ids::{NoticeId, PageId},
    news::{Audience, Notice, Page, Plan, Slice},
};
use kabar_store::{
    Result, StoreError,
    events::Events,
    mailings::Mailings,
    notices::{Notices, Planned},
    people::People,
    power::Grid,
};

use super::{audience::Stretch, client_audience::Seen};

/// How often another planner may get in between before this one leaves the notice to it.
const MOST_STALE: u32 = 5;

/// Plans notices into pages and puts pages into their lanes.
pub struct Planner {
    /// The table of people, where accounts are.
    pub people: People,
    /// The table of events, where ticket holders are.
    pub events: Events,
    /// The table of power, where followers are.
    pub grid: Grid,
    /// The table of mailings, where clients are.
    pub mailings: Mailings,
    /// The table of notices.
    pub notices: Notices,
    /// Where what is left of a long plan goes.
    pub dispatch: DispatchQueue,
    /// Where pages go.
    pub lanes: Lanes,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

/// What planning a notice did, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct PlanReport {
    /// Pages written.
    pub pages: u32,
    /// People on them.
    pub people: u32,
    /// Pages put into their lane.
    pub queued: u32,
    /// Whether the whole audience is planned.
    pub is_complete: bool,
}

impl Planner {
    /// Plans a notice, from where its plan stands to its end or until `stop`. What is left then is queued again.
    /// Pages of an earlier plan that can go by now are let into the lane.
    ///
    /// # Errors
    /// When the store did not answer; what is written stays, and the notice is still due.
    pub async fn plan(&self, id: NoticeId, stop: Timestamp) -> Result<PlanReport> {
        let Some((notice, plan)) = self.notices.notice(id).await? else {
            return Ok(PlanReport::default());
        };
        if notice.not_before > self.world.now() {
            return Ok(PlanReport::default());
        }
        let (has_line, goes_on) = (plan.pages > 0, !plan.is_complete);
        let mut let_in = 0;
        if !has_line && goes_on {
            self.tell_in_telegram(&notice).await?;
            self.amend(&notice).await?;
        }
        if has_line && goes_on {
            // Those who are planned do not wait for those who are not.
            let_in += self.let_in(&notice).await?;
        }
        let mut report = self.plan_on(&notice, plan, stop).await?;
        if has_line {
            let_in += self.let_in(&notice).await?;
        }
        report.queued += let_in;
        Ok(report)
    }

    /// Whoever looks at a notice again lets in what has become ready in its line.
    async fn let_in(&self, notice: &Notice) -> Result<u32> {
        let ready_by = self.ready_by(notice).await?;
        let let_in = self.notices.fill(notice.id, ready_by, self.world.now()).await?;
        Ok(self.enqueue(notice, &let_in).await)
    }

    async fn plan_on(&self, notice: &Notice, mut plan: Plan, stop: Timestamp) -> Result<PlanReport> {
        let (mut report, mut stale) = (PlanReport::default(), 0);
        let id = notice.id;
        let mut seen = Seen::default();
        if !self.reschedule(notice, &plan, stop).await? {
            let _ = self.dispatch.put(DispatchWork::Plan(id), 0).await;
            return Ok(report);
        }
        while !plan.is_complete {
            if self.world.now() >= stop {
                // The notice stays due, so a queue that does not take this only makes it later. One that got nowhere
                // in this turn is left to the sweep, or it would go round and round.
                if report.people > 0 {
                    let _ = self.dispatch.put(DispatchWork::Plan(id), 0).await;
                }
                return Ok(report);
            }
            match self.step(notice, &plan, &mut seen).await? {
                Some((after, queued)) => {
                    report.pages += after.pages - plan.pages;
                    report.people += after.people - plan.people;
                    report.queued += self.enqueue(notice, &queued).await;
                    plan = after;
                }
                None => {
                    stale += 1;
                    seen = Seen::default();
                    let Some((_, current)) = self.notices.notice(id).await? else {
                        return Ok(report);
                    };
                    let went_on = current.pages != plan.pages;
                    plan = current;
                    if stale > MOST_STALE || (went_on && stale > 1) {
                        return Ok(report);
                    }
                }
            }
        }
        report.is_complete = true;
        Ok(report)
    }

    /// Which pages of a notice's line can go: those whose time has come; all, once it was called off, for then nobody on
    /// them is told.
    async fn ready_by(&self, notice: &Notice) -> Result<Timestamp> {
        Ok(match notice.audience {
            Audience::Clients(mailing) if self.mailing(mailing).await?.is_none() => Timestamp::MAX,
            _ => self.world.now(),
        })
    }

    /// Writes the next pages. `None`: somebody else was at it.
    async fn step(
        &self,
        notice: &Notice,
        plan: &Plan,
        seen: &mut Seen,
    ) -> Result<Option<(Plan, Vec<PageId>)>> {
        let stretch = self.stretch(notice, plan, seen).await?;
        let people: usize = stretch.slices.iter().map(|slice| slice.people.len()).sum();
        let mut after = Plan {
            cursor: stretch.cursor.clone().or_else(|| plan.cursor.clone()),
            pages: plan.pages + count(stretch.slices.len())?,
            people: plan.people + count(people)?,
            is_complete: stretch.is_last,
            ..plan.clone()
        };
        if let Some((shard, _)) = stretch.clients.as_ref().filter(|_| people > 0) {
            after.note_part(*shard, plan.pages + 1);
        }
        let now = self.world.now();
        let slices = (plan.pages + 1..).zip(&stretch.slices);
        let pages: Vec<Page> = slices
            .map(|(number, slice)| page(notice, number, slice, &stretch, now))
            .collect();
        let planned = self.notices.plan(notice.id, plan, &after, &pages, now).await?;
        let Planned::Written(queued) = planned else {
            return Ok(None);
        };
        seen.add(pages.into_iter().flat_map(|page| page.people));
        Ok(Some((after, queued)))
    }

    /// Puts pages into the notice's lane. One that the queue does not take is found by the sweep.
    async fn enqueue(&self, notice: &Notice, pages: &[PageId]) -> u32 {
        let lane = notice.lane();
        let mut queued = 0;
        for &page in pages {
            queued += u32::from(self.lanes.put(lane, LaneWork::Send(page), 0).await.is_ok());
        }
        queued
    }
}

fn page(notice: &Notice, number: u32, slice: &Slice, stretch: &Stretch, now: Timestamp) -> Page {
    Page {
        id: notice.id.page(number),
        lane: notice.lane(),
        channel: notice.channel(),
        language: slice.language,
        zone: slice.zone.clone(),
        people: slice.people.clone(),
        term: stretch.clients.as_ref().map(|(_, term)| term.clone()),
        created_at: now,
        ready_at: (stretch.ready_at)(&slice.zone).max(now),
        failures: 0,
    }
}

fn count(n: usize) -> Result<u32> {
    u32::try_from(n).map_err(|_| StoreError::Unreadable("a count beyond four billion".to_owned()))
}
