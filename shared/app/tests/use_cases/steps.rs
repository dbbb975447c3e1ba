//! A notice in the store alone, planned, claimed and closed step by step.

use std::collections::{BTreeSet, HashMap};

use jiff::SignedDuration;
use kabar_domain::{
    Language, World, Zone,
    ids::{ClaimId, NoticeId, PageId, UserId},
    news::{Addressee, Lane, Page, Plan, Status},
    power::Channel,
};
use kabar_store::notices::{Claim, Outcome, Planned, TurnEnd};
use kabar_testkit::House;

use crate::common::cut;

/// The steps, and what a test has seen of them.
pub(crate) struct Steps {
    pub(crate) house: House,
    pub(crate) notice: NoticeId,
    /// How many pages were closed.
    pub(crate) closed: u32,
    entered: BTreeSet<PageId>,
    unclaimed: Vec<PageId>,
    claims: Vec<Claim>,
}

impl Steps {
    pub(crate) async fn new(seed: u64) -> Self {
        let house = House::with_seed(seed).await;
        let region = house.region("Bandung").await;
        let notice = cut(&house, &region).await;
        house.queues.lose_all();
        let (entered, unclaimed, claims) = (BTreeSet::new(), Vec::new(), Vec::new());
        Self {
            house,
            notice,
            closed: 0,
            entered,
            unclaimed,
            claims,
        }
    }

    /// Pages that are in the lane or claimed.
    pub(crate) fn in_lane(&self) -> u32 {
        u32::try_from(self.entered.len()).unwrap() - self.closed
    }

    fn enter(&mut self, pages: impl IntoIterator<Item = PageId>) {
        for page in pages {
            assert!(
                self.entered.insert(page),
                "page {} was let in twice",
                page.number()
            );
            self.unclaimed.push(page);
        }
    }

    /// Any one of these, if there is one.
    fn any<T>(house: &House, things: &mut Vec<T>) -> Option<T> {
        (!things.is_empty()).then(|| things.swap_remove(house.world.below(things.len())))
    }

    /// Plans up to three pages more, of `total`.
    pub(crate) async fn plan_on(&mut self, total: u32) {
        let (before, pages) = self.next(total).await;
        let entered = self.plan(&before, pages, total).await;
        self.enter(entered);
    }

    /// Two planners and a closer at the same moment.
    pub(crate) async fn plan_and_close(&mut self, total: u32) {
        let Some(claim) = Self::any(&self.house, &mut self.claims) else {
            return;
        };
        let (before, pages) = self.next(total).await;
        let (one, other, next) = tokio::join!(
            self.plan(&before, pages, total),
            self.plan(&before, pages, total),
            self.close(&claim)
        );
        self.closed += 1;
        self.enter(one.into_iter().chain(other).chain(next));
    }

    /// Closes any claimed page, twice at once, as after an answer that was lost.
    pub(crate) async fn close_any(&mut self) {
        let Some(claim) = Self::any(&self.house, &mut self.claims) else {
            return;
        };
        let (one, other) = tokio::join!(self.close(&claim), self.close(&claim));
        self.closed += 1;
        self.enter(one.into_iter().chain(other));
    }

    /// Claims any page of the lane.
    pub(crate) async fn claim_any(&mut self) {
        let Some(page) = Self::any(&self.house, &mut self.unclaimed) else {
            return;
        };
        self.claims
            .push(self.claim(page).await.expect("a page of the lane"));
    }

    /// Lets a few requests of others pass, so that those who begin together meet in every way.
    async fn dawdle(&self) {
        for _ in 0..self.house.world.below(3) {
            self.house.notices().notice(self.notice).await.unwrap();
        }
    }

    async fn next(&self, total: u32) -> (Plan, u32) {
        let (_, plan) = self.house.notices().notice(self.notice).await.unwrap().unwrap();
        let pages = u32::try_from(self.house.world.below(3)).unwrap() + 1;
        let pages = pages.min(total - plan.pages);
        (plan, pages)
    }

    async fn plan(&self, before: &Plan, pages: u32, total: u32) -> Vec<PageId> {
        self.dawdle().await;
        let pages: Vec<Page> = (before.pages + 1..=before.pages + pages)
            .map(|n| self.page(n))
            .collect();
        let end = before.pages + u32::try_from(pages.len()).unwrap();
        let after = Plan {
            cursor: None,
            pages: end,
            people: end,
            is_complete: end == total,
            ..before.clone()
        };
        let now = self.house.world.now();
        match self
            .house
            .notices()
            .plan(self.notice, before, &after, &pages, now)
            .await
            .unwrap()
        {
            Planned::Written(queued) => queued,
            Planned::Stale => Vec::new(),
        }
    }

    fn page(&self, number: u32) -> Page {
        Page {
            id: self.notice.page(number),
            lane: Lane::Urgent,
            channel: Channel::Email,
            language: Language::En,
            zone: Zone::utc(),
            people: vec![Addressee::User(UserId::new(&*self.house.world))],
            term: None,
            created_at: self.house.world.now(),
            ready_at: self.house.world.now(),
            failures: 0,
        }
    }

    pub(crate) async fn claim(&self, page: PageId) -> Option<Claim> {
        let (id, now) = (ClaimId::new(&*self.house.world), self.house.world.now());
        let until = now + SignedDuration::from_secs(32);
        self.house.notices().claim(page, id, now, until).await.unwrap()
    }

    pub(crate) async fn close(&self, claim: &Claim) -> Option<PageId> {
        self.dawdle().await;
        let row = Outcome {
            status: Status::Sent,
            attempts: 1,
            sent_at: Some(self.house.world.now()),
            error: None,
            provider_id: None,
            in_doubt: false,
            claim: Some(claim.id),
            about: None,
            user: None,
        };
        self.house
            .notices()
            .leave(
                claim,
                TurnEnd::Close,
                &HashMap::from([(1, row)]),
                Some(self.house.world.now()),
                self.house.world.now(),
            )
            .await
            .unwrap()
            .next
    }

    /// Every page came into the lane, was closed, and counted once; nothing is due.
    pub(crate) async fn assert_done(&self, total: u32) {
        let numbers: Vec<u32> = self.entered.iter().map(|page| page.number()).collect();
        assert_eq!(numbers, (1..=total).collect::<Vec<_>>());
        let told = self.house.app.notice(self.notice).await.unwrap();
        assert_eq!(
            (told.tally.total(), told.plan.pages, told.plan.is_complete),
            (total, total, true)
        );
        // Whoever looks once more finds all told, and does not look again.
        let now = self.house.world.now();
        assert!(
            self.house
                .notices()
                .fill(self.notice, now, now)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(!self.house.is_anything_due().await);
    }
}
