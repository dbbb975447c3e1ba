//! A notice keeps a few pages in its lane at a time, and loses none, however planners and senders meet.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use kabar_app::telling::Sent;
use kabar_courier::LaneWork;
use kabar_domain::{World, news::PAGES_IN_LANE};
use kabar_testkit::House;

use crate::{
    common::{cut, plan_queued},
    steps::Steps,
};

#[tokio::test]
async fn each_page_that_closes_lets_the_next_one_into_the_lane() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd_on_pages(region.id, 9, 2).await;
    let notice = cut(&house, &region).await;
    plan_queued(&house).await;
    assert_eq!(house.app.notice(notice).await.unwrap().plan.pages, 9);
    let mut seen = BTreeSet::new();
    let mut sent = 0;
    while let Some(message) = house.queues.take_any() {
        let Ok(LaneWork::Send(page)) = LaneWork::parse(&message.body) else {
            panic!("not a page: {message:?}");
        };
        assert!(seen.insert(page), "a page enters its lane once");
        assert!(house.queues.waiting().len() < PAGES_IN_LANE);
        house.deliver(&message).await;
        sent += 1;
    }
    assert_eq!(sent, 9);
    house.assert_all_ended(notice).await;
    assert_eq!(house.ses.mails().len(), 18);
}

#[tokio::test]
async fn a_turn_that_is_over_gives_its_page_back_and_the_next_turn_goes_on() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 5).await;
    let notice = cut(&house, &region).await;
    plan_queued(&house).await;
    let now = house.world.now();
    let turn = house
        .sender
        .send(notice.page(1), now, now + SignedDuration::from_secs(32))
        .await
        .unwrap();
    let Sent::Page(report) = turn else {
        panic!("{turn:?}")
    };
    assert_eq!(
        (report.ended.total(), report.errors, report.is_closed),
        (0, 0, false)
    );
    assert_eq!(
        house.queues.waiting().len(),
        2,
        "the first message, and the one that gave it back"
    );
    house.drain().await;
    house.assert_all_ended(notice).await;
    assert_eq!(house.ses.mails().len(), 5);
}

#[tokio::test]
async fn planners_and_closers_that_race_lose_no_page_and_fill_no_lane() {
    let total = 15;
    for seed in 0..16 {
        let mut steps = Steps::new(seed).await;
        for round in 0.. {
            if steps.closed == total {
                break;
            }
            assert!(
                round < 1_000,
                "seed {seed} hangs with {} of {total} pages closed",
                steps.closed
            );
            match steps.house.world.below(5) {
                _ if steps.in_lane() == 0 => steps.plan_on(total).await,
                0 | 1 => steps.claim_any().await,
                2 => steps.close_any().await,
                _ => steps.plan_and_close(total).await,
            }
            assert!(
                steps.in_lane() as usize <= PAGES_IN_LANE,
                "{} pages in the lane, seed {seed}",
                steps.in_lane()
            );
        }
        steps.plan_on(total).await;
        steps.assert_done(total).await;
    }
}

#[tokio::test]
async fn a_closed_page_cannot_be_claimed_given_back_or_closed_again() {
    let mut steps = Steps::new(1).await;
    steps.plan_on(1).await;
    let page = steps.notice.page(1);
    let claim = steps.claim(page).await.unwrap();
    assert!(steps.claim(page).await.is_none(), "claimed");
    steps.close(&claim).await;
    assert!(steps.claim(page).await.is_none(), "closed");
    assert!(
        !steps
            .house
            .notices()
            .release(&claim, steps.house.world.now())
            .await
            .unwrap()
    );
    steps.close(&claim).await;
    assert_eq!(
        steps.house.app.notice(steps.notice).await.unwrap().tally.total(),
        1
    );
}
