use std::collections::{BTreeMap, BTreeSet};

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use kabar_courier::{DispatchWork, LaneWork};
use kabar_domain::{ids::PageId, news::PageState};
use kabar_store::notices::{Outcome, PageStanding, Told};

use crate::{App, Expected, Failure, Result};

/// The sweep looks every minute; what is overdue for longer than this is not looked at.
const UNSWEPT: SignedDuration = SignedDuration::from_mins(3);
/// A claim that lapsed is taken over after the next sweep; after this, something keeps others from it.
const LAPSED: SignedDuration = SignedDuration::from_mins(3);
/// A page whose messages have failed so often fails for a reason that does not pass by itself.
const MOST_FAILURES: u32 = 3;
/// Within this, a sender takes what may be taken: a lane has four pages of a notice, each a turn of seconds.
const UNTAKEN: SignedDuration = SignedDuration::from_mins(10);

/// Pages that are shown: those that wait longest.
const MOST_SHOWN: usize = 100;
/// How many pages are read at once.
const AT_ONCE: usize = 8;

/// Why a page does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// No sweep looks at it: mailing-dispatch does not run, or fails.
    Unswept,
    /// Its sender died, and nobody has taken it over.
    Abandoned,
    /// Messages on it fail again and again.
    Failing,
    /// No sender takes it, or all who do die: they are too few, throttled, or fail on it.
    Untaken,
}

/// A page that should be told by now.
#[derive(Clone, Debug)]
pub struct StuckPage {
    /// Where it stands.
    pub standing: PageStanding,
    /// Why it does not go on.
    pub why: Stuck,
    /// Since when.
    pub since: Timestamp,
    /// Its notice.
    pub told: Told,
    /// How many people on it have not come to an end.
    pub left: usize,
    /// What most of the messages that failed failed with.
    pub error: Option<String>,
}

impl Stuck {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unswept => "unswept",
            Self::Abandoned => "abandoned",
            Self::Failing => "failing",
            Self::Untaken => "untaken",
        }
    }

    /// Why a page in a lane does not go on, and since when; nothing if it does.
    fn of(page: &PageStanding, now: Timestamp) -> Option<(Self, Timestamp)> {
        let failing = (page.page.failures >= MOST_FAILURES).then_some(page.page.created_at);
        if page.is(PageState::Waiting) {
            // It waits for a slot or for its people's day, which is nothing to look at.
            return failing.map(|since| (Self::Failing, since));
        }
        let is_past = |since: &Timestamp, patience| *since + patience < now;
        let unswept = page.due_at.filter(|due| is_past(due, UNSWEPT));
        let lapsed = page.claimed_until.filter(|_| page.is(PageState::Claimed));
        let lapsed = lapsed.filter(|until| is_past(until, LAPSED));
        let untaken = Some(page.not_before).filter(|at| is_past(at, UNTAKEN));
        unswept
            .map(|since| (Self::Unswept, since))
            .or(lapsed.map(|since| (Self::Abandoned, since)))
            .or(failing.map(|since| (Self::Failing, since)))
            .or(untaken.map(|since| (Self::Untaken, since)))
    }
}

impl App {
    /// Pages that do not go on, those that wait longest first. For staff, which the route has made sure
    /// of.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn stuck_pages(&self) -> Result<Vec<StuckPage>> {
        let now = self.world.now();
        let pages = self.notices.open_pages(now).await?.into_iter();
        let stuck = pages.filter_map(|page| Some((Stuck::of(&page, now)?, page)));
        let mut stuck: Vec<_> = stuck.collect();
        stuck.sort_by_key(|((_, since), page)| (*since, page.page.id));
        stuck.truncate(MOST_SHOWN);
        let notices: BTreeSet<_> = stuck.iter().map(|(_, page)| page.page.id.notice()).collect();
        let told = self.notices.told_many(notices.into_iter().collect()).await?;
        let with_notice = stuck.into_iter().filter_map(|(why, standing)| {
            let told = told
                .iter()
                .find(|told| told.notice.id == standing.page.id.notice())?;
            Some((why, standing, told.clone()))
        });
        stream::iter(with_notice)
            .map(|((why, since), standing, told)| async move {
                let (left, error) = self.left_on(&standing).await?;
                Ok(StuckPage {
                    standing,
                    why,
                    since,
                    told,
                    left,
                    error,
                })
            })
            .buffered(AT_ONCE)
            .try_collect()
            .await
    }

    /// How many people of a page have not come to an end, and what most of those who failed failed with.
    async fn left_on(&self, standing: &PageStanding) -> Result<(usize, Option<String>)> {
        let recorded = self.notices.recorded(standing.page.id).await?;
        let is_ended = |outcome: &&Outcome| outcome.status.is_terminal();
        let ended = recorded.values().filter(is_ended).count();
        let mut errors: BTreeMap<&str, u32> = BTreeMap::new();
        for outcome in recorded.values().filter(|outcome| !is_ended(outcome)) {
            if let Some(error) = &outcome.error {
                *errors.entry(error).or_default() += 1;
            }
        }
        let error = errors.into_iter().max_by_key(|(_, times)| *times);
        let left = standing.page.people.len().saturating_sub(ended);
        Ok((left, error.map(|(error, _)| error.to_owned())))
    }

    /// Has a page taken now: ends its back-off, or gives what a dead sender left to the next one, and puts it into its
    /// lane. For staff. Returns where it stands then.
    ///
    /// # Errors
    /// [`Failure::NotFound`]. [`Failure::Conflict`]: it is not in its lane, or a sender is at work on it.
    pub async fn release_page(&self, page: PageId) -> Result<PageStanding> {
        Expected::Any.settle(|| self.release_once(page)).await
    }

    async fn release_once(&self, page: PageId) -> Result<PageStanding> {
        let now = self.world.now();
        let standing = self.standing_of(page).await?;
        let is_held = standing.claimed_until.is_some_and(|until| until >= now);
        if standing.is(PageState::Claimed) && is_held {
            return Err(Failure::Conflict(
                "A sender is at work on it. Its claim ends by itself within a minute.",
            ));
        }
        let waits = standing.is(PageState::Waiting);
        if standing.due_at.is_none() || waits && standing.page.failures == 0 {
            return Err(Failure::Conflict("It is told, or its turn has not come yet."));
        }
        if !self.notices.hasten(&standing, now).await? {
            return Err(Failure::Changed);
        }
        if waits {
            // Whoever looks at the notice lets it into the lane.
            self.dispatch.put(DispatchWork::Plan(page.notice()), 0).await?;
        } else {
            self.lanes
                .put(standing.page.lane, LaneWork::Send(page), 0)
                .await?;
        }
        self.standing_of(page).await
    }

    async fn standing_of(&self, page: PageId) -> Result<PageStanding> {
        let found = self.notices.standings(vec![page]).await?;
        found.into_iter().next().ok_or(Failure::NotFound)
    }
}
