use std::{
    collections::HashMap,
    sync::{Arc, atomic::AtomicU32},
};

use jiff::Timestamp;
use kabar_courier::{EmailChannel, LaneWork, Lanes, words::Words};
use kabar_domain::{
    World,
    ids::{ClaimId, PageId},
    news::{Kind, Lane, Notice, PAGES_IN_LANE, Status, THROTTLED, Tally},
};
use kabar_store::{
    Result,
    events::Events,
    notices::{Claim, Notices, Outcome},
    people::People,
    power::Grid,
};

use super::{
    Links, Pace,
    turn::{Said, Turn},
};

/// Sends the messages of pages.
pub struct Sender {
    /// The table of people, where accounts are.
    pub people: People,
    /// The table of events, where tickets and their holders are.
    pub events: Events,
    /// The table of power, where followers and outages are.
    pub grid: Grid,
    /// The table of notices.
    pub notices: Notices,
    /// Where pages go whose turn it is, or whose turn is over.
    pub lanes: Lanes,
    /// How mail leaves.
    pub email: EmailChannel,
    /// What mail says.
    pub words: Words,
    /// Where people ask to be told no more.
    pub links: Links,
    /// The rate that SES grants, which all senders share.
    pub pace: Pace,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

/// What came of a page's turn.
#[derive(Debug)]
pub enum Sent {
    /// There was nothing to do: it is closed, another sender has it, or it is not due.
    Nothing,
    /// It was given back: mailings stand still.
    Held,
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
        if self.is_held(&claim, &notice).await? {
            return Ok(Sent::Held);
        }
        let recorded = if claim.is_first {
            HashMap::new()
        } else {
            self.notices.recorded(page).await?
        };
        let brief = self.brief(&notice).await?;
        let contacts = match &brief {
            Ok(_) => self.contacts(&notice, &claim.page).await?,
            Err(_) => HashMap::new(),
        };
        let silenced = self.silenced(notice.news.kind(), &claim.page, &contacts).await?;
        let said = brief.as_ref().map_err(|why| *why).map(|news| Said {
            news,
            draft: self.words.draft(news, claim.page.language, &claim.page.zone),
        });
        let turn = Turn {
            sender: self,
            claim: &claim,
            notice: &notice,
            said,
            contacts,
            silenced,
            ahead: AtomicU32::new(0),
            stop,
        };
        let outcomes = turn.run(&recorded).await?;

        let (all, report) = self.sum_up(&claim, &notice, &recorded, &outcomes);
        if report.is_closed {
            let may_have_next = !plan.is_complete || page.number() + PAGES_IN_LANE <= plan.pages;
            let next = self
                .notices
                .close(&claim, &all, may_have_next, self.world.now())
                .await?;
            if let Some(next) = next {
                // The page is due in a minute anyhow, should the queue not take it.
                let _ = self.lanes.put(claim.page.lane, LaneWork::Send(next), 0).await;
            }
        } else {
            self.give_back(&claim, report.errors).await?;
        }
        Ok(Sent::Page(report))
    }

    /// Where all messages of the page stand after the turn, and what the turn did.
    fn sum_up(
        &self,
        claim: &Claim,
        notice: &Notice,
        before: &HashMap<u8, Outcome>,
        turn: &HashMap<u8, Outcome>,
    ) -> (Tally, PageReport) {
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
        let report = PageReport {
            kind: notice.news.kind(),
            lane: claim.page.lane,
            ended,
            errors,
            lateness_ms: i64::try_from(lateness.as_millis()).unwrap_or(i64::MAX),
            is_closed: all.by_status.keys().all(|status| status.is_terminal()),
            is_take_over: claim.is_take_over,
        };
        (all, report)
    }

    /// Gives a page back: at once if its turn was over, after a back-off if messages on it failed.
    async fn give_back(&self, claim: &Claim, errors: u32) -> Result<()> {
        let now = self.world.now();
        let failures = claim.page.failures + u32::from(errors > 0);
        let again = match errors {
            0 => now,
            _ => claim
                .page
                .lane
                .backoff()
                .next(now, failures, self.world.fraction()),
        };
        if self.notices.release(claim, failures, again).await? {
            // SQS counts whole seconds; a message that came too early would be for nothing.
            let wait = again.duration_since(now).as_secs();
            let delay = if errors == 0 { 0 } else { wait + 1 };
            let _ = self
                .lanes
                .put(claim.page.lane, LaneWork::Send(claim.page.id), delay)
                .await;
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
