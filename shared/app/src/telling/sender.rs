use std::{
    collections::HashMap,
    sync::{Arc, Mutex, atomic::AtomicU32},
};

use jiff::Timestamp;
use kabar_courier::{DispatchQueue, DispatchWork, LaneWork, Lanes};
use kabar_domain::{
    World,
    ids::{ClaimId, PageId},
    news::{Audience, Kind, Lane, Notice, Status, THROTTLED, Tally},
};
use kabar_store::{
    Result,
    events::Events,
    mailings::Mailings,
    notices::{Claim, Notices, Outcome, TurnEnd},
    people::People,
    power::Grid,
};

use super::{
    Carrier, Held, Pace,
    reaching::lit,
    turn::{Turn, Turned},
};

/// Sends the messages of pages.
pub struct Sender {
    /// The table of people, where accounts are.
    pub people: People,
    /// The table of events, where tickets and their holders are.
    pub events: Events,
    /// The table of power, where followers and outages are.
    pub grid: Grid,
    /// The table of mailings, where clients are.
    pub mailings: Mailings,
    /// The table of notices.
    pub notices: Notices,
    /// Where pages go whose turn it is, or whose turn is over.
    pub lanes: Lanes,
    /// Where notices go that are to be looked at when more of their pages can go.
    pub dispatch: DispatchQueue,
    /// What messages leave by.
    pub carrier: Carrier,
    /// The rate that the provider grants, which all senders share.
    pub pace: Pace,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

/// What came of a page's turn.
#[derive(Debug)]
pub enum Sent {
    /// There was nothing to do: it is closed, another sender has it, or it is not due.
    Nothing,
    /// It was given back, for what it says has to wait.
    Held(Held),
    /// Its turn is over.
    Page(PageReport),
}

/// What a page's turn did.
#[derive(Debug)]
pub struct PageReport {
    /// What the notice is about.
    pub kind: Kind,
    /// The lane it came by.
    pub lane: Lane,
    /// Messages that came to an end in this turn.
    pub ended: Tally,
    /// Messages that failed and will be tried again.
    pub errors: u32,
    /// How long ago the page was planned, in milliseconds.
    pub lateness_ms: i64,
    /// Whether the page is done.
    pub is_closed: bool,
    /// Whether somebody died on it before.
    pub is_take_over: bool,
}

impl Sender {
    /// Works on a page until it is done or `stop`, under a claim that lapses at `lease_end`.
    ///
    /// # Errors
    /// When the store did not answer. The claim then lapses and the page is taken over.
    pub async fn send(&self, page: PageId, stop: Timestamp, lease_end: Timestamp) -> Result<Sent> {
        let id = ClaimId::new(&*self.world);
        let Some(claim) = self.notices.claim(page, id, self.world.now(), lease_end).await? else {
            return Ok(Sent::Nothing);
        };
        // A page without its notice cannot be: both are written in one transaction and kept together.
        let Some((notice, plan)) = self.notices.notice(page.notice()).await? else {
            return Ok(Sent::Nothing);
        };
        let mailing = match notice.audience {
            Audience::Clients(mailing) => self.mailings.mailing(mailing).await?,
            _ => None,
        };
        if let Some(held) = self.held(&claim, &notice, mailing.as_ref()).await? {
            return Ok(Sent::Held(held));
        }
        let recorded = if claim.is_first {
            HashMap::new()
        } else {
            self.notices.recorded(page).await?
        };
        let brief = self.brief(&notice, mailing.as_ref()).await?;
        let contacts = match &brief {
            Ok(_) => self.contacts(&notice, mailing.as_ref(), &claim.page).await?,
            Err(_) => HashMap::new(),
        };
        let silenced = self.silenced(&notice, &claim.page, &contacts).await?;
        let lit = lit(&self.grid, &notice).await?;
        let said = brief.as_ref().map_err(|why| *why);
        let turn = Turn {
            sender: self,
            claim: &claim,
            notice: &notice,
            said: said.map(|news| self.carrier.say(news, &claim.page, lit)),
            contacts,
            silenced,
            ahead: AtomicU32::new(0),
            stop,
            window: mailing.as_ref().and_then(|mailing| mailing.says.window),
            asleep: Mutex::default(),
            throttled: Mutex::default(),
        };
        let turned = turn.run(&recorded).await?;

        let report = self.sum_up(&claim, &notice, &recorded, &turned.outcomes);
        let end = self.end_of(&claim, &notice, &recorded, &turned, &report);
        let mut rows = recorded;
        rows.extend(turned.outcomes);
        match end {
            Some(end) => {
                let is_called_off = brief.is_err() && matches!(notice.audience, Audience::Clients(_));
                let ready_by = if is_called_off {
                    Timestamp::MAX
                } else {
                    self.world.now()
                };
                let has_line = !plan.is_complete || plan.pages > 1;
                self.leave(&claim, end, &rows, has_line.then_some(ready_by))
                    .await?;
            }
            None => self.go_on(&claim).await?,
        }
        Ok(Sent::Page(report))
    }

    /// What the turn did.
    fn sum_up(
        &self,
        claim: &Claim,
        notice: &Notice,
        before: &HashMap<u8, Outcome>,
        turn: &HashMap<u8, Outcome>,
    ) -> PageReport {
        let (mut all, mut ended, mut errors) = (Tally::default(), Tally::default(), 0);
        for (place, _) in claim.page.places() {
            match (turn.get(&place), before.get(&place)) {
                (Some(new), _) => {
                    all.add(new.status, new.in_doubt);
                    if new.status.is_terminal() {
                        ended.add(new.status, new.in_doubt);
                    } else {
                        errors += 1;
                    }
                }
                (None, Some(old)) => all.add(old.status, old.in_doubt),
                (None, None) => all.add(Status::Queued, false),
            }
        }
        let lateness = self.world.now().duration_since(claim.page.created_at);
        PageReport {
            kind: notice.news.kind(),
            lane: claim.page.lane,
            ended,
            errors,
            lateness_ms: i64::try_from(lateness.as_millis()).unwrap_or(i64::MAX),
            is_closed: all.by_status.keys().all(|status| status.is_terminal()),
            is_take_over: claim.is_take_over,
        }
    }

    /// Gives a page back whose turn was over, to stand in its lane once more.
    async fn go_on(&self, claim: &Claim) -> Result<()> {
        if self.notices.release(claim, self.world.now()).await? {
            let work = LaneWork::Send(claim.page.id);
            let _ = self.lanes.put(claim.page.lane, work, 0).await;
        }
        Ok(())
    }

    /// How a page leaves its lane; not at all, if only its turn is over. One on which messages failed comes back after a
    /// back-off, one whose people sleep when the first of them may be told, and both at the deadline at last.
    fn end_of(
        &self,
        claim: &Claim,
        notice: &Notice,
        before: &HashMap<u8, Outcome>,
        turned: &Turned,
        report: &PageReport,
    ) -> Option<TurnEnd> {
        if report.is_closed {
            return Some(TurnEnd::Close);
        }
        if turned.unreached > 0 && turned.throttled.is_none() && (turned.is_first_try || report.errors == 0) {
            return None;
        }
        let has_failed = claim.page.places().any(|(place, _)| {
            let last = turned.outcomes.get(&place).or_else(|| before.get(&place));
            let is_awake = !turned.asleep.contains_key(&place);
            is_awake && last.is_some_and(|outcome| !outcome.status.is_terminal())
        });
        let failures = claim.page.failures + u32::from(has_failed);
        let backoff = claim.page.lane.backoff();
        let again = || {
            let next = backoff.next(self.world.now(), failures, self.world.fraction());
            next.max(turned.throttled.unwrap_or(next))
        };
        let opens = turned.asleep.values().min().copied();
        let until = has_failed
            .then(again)
            .into_iter()
            .chain(opens)
            .min()
            .unwrap_or(notice.deadline);
        Some(TurnEnd::SetAside {
            until: until.min(notice.deadline),
            failures,
            rest: if turned.asleep.is_empty() {
                Status::Waiting
            } else {
                Status::WrongTime
            },
        })
    }

    /// Takes a page out of its lane, puts the page into it that has its slot now, and has the notice looked at when the
    /// next one can go. What a queue does not take is found by the sweep.
    async fn leave(
        &self,
        claim: &Claim,
        end: TurnEnd,
        rows: &HashMap<u8, Outcome>,
        ready_by: Option<Timestamp>,
    ) -> Result<()> {
        let now = self.world.now();
        let left = self.notices.leave(claim, end, rows, ready_by, now).await?;
        if let Some(next) = left.next {
            let _ = self.lanes.put(claim.page.lane, LaneWork::Send(next), 0).await;
        }
        if let Some(at) = left.look_at {
            // SQS counts whole seconds; a look that came too early would be for nothing.
            let wait = at.duration_since(now).as_secs().max(0) + 1;
            let work = DispatchWork::Plan(claim.page.id.notice());
            let _ = self.dispatch.put(work, wait).await;
        }
        Ok(())
    }

    /// How long to hold back after SES said for the `times`th time that it is asked too fast.
    pub(super) fn throttled(&self, times: u32) -> std::time::Duration {
        let now = Timestamp::UNIX_EPOCH;
        let wait = THROTTLED
            .next(now, times, self.world.fraction())
            .duration_since(now);
        wait.unsigned_abs()
    }
}
