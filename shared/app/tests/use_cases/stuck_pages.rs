//! A page that does not go on is seen, with why, and is told once it is released; whoever was told is not told again.

use jiff::{SignedDuration, Timestamp};
use kabar_app::{
    Failure,
    operators::{Stuck, StuckPage},
};
use kabar_domain::{
    World,
    ids::{NoticeId, PageId},
    news::{PageState, Status},
};
use kabar_testkit::{Fault, House};
use tokio::select;

use crate::common::{count, cut, plan_queued};

/// A region's notice to so many people, on one page in the urgent lane, whose message is lost.
async fn planned(house: &House, people: usize) -> NoticeId {
    let region = house.region("Bandung").await;
    house.crowd(region.id, people).await;
    let notice = cut(house, &region).await;
    plan_queued(house).await;
    house.queues.lose_all();
    notice
}

async fn stuck(house: &House) -> Vec<(PageId, Stuck)> {
    let found = house.app.stuck_pages().await.unwrap().into_iter();
    found
        .map(|stuck: StuckPage| (stuck.standing.page.id, stuck.why))
        .collect()
}

#[tokio::test]
async fn a_page_that_goes_on_is_not_stuck() {
    let house = House::new().await;
    let notice = planned(&house, 3).await;
    assert_eq!(stuck(&house).await, []);
    house.world.pass_seconds(60);
    house.sweep().await;
    house.drain().await;
    assert_eq!(stuck(&house).await, []);
    house.assert_all_ended(notice).await;
}

#[tokio::test]
async fn a_page_that_no_sweep_looks_at_is_stuck_and_is_told_once_it_is_released() {
    let house = House::new().await;
    let notice = planned(&house, 3).await;
    let due = house.world.now() + SignedDuration::from_mins(1);
    house.world.set(due + SignedDuration::from_mins(3));
    assert_eq!(stuck(&house).await, [], "the sweep has three minutes");
    house.world.pass_seconds(1);
    let found = house.app.stuck_pages().await.unwrap();
    assert_eq!(
        (found[0].why, found[0].since, found[0].left),
        (Stuck::Unswept, due, 3)
    );
    assert_eq!(found[0].told.notice.id, notice);

    let released = house.app.release_page(notice.page(1)).await.unwrap();
    assert!(released.is(PageState::Queued));
    assert_eq!(stuck(&house).await, []);
    house.drain().await;
    house.assert_all_ended(notice).await;
    assert_eq!(house.ses.mails().len(), 3);
}

/// A sender takes the page, and dies after it has told so many.
async fn dies(house: &House, page: PageId, told: u32) {
    house.ses.fail(Fault::AcceptThenHang, 8);
    select! {
        biased;
        () = house.ses.asked(told) => {}
        done = house.try_send(page) => panic!("it should have died, and did {done:?}"),
    }
}

#[tokio::test]
async fn a_page_whose_sender_died_is_not_released_while_it_may_live_and_then_told_with_its_doubts() {
    let house = House::new().await;
    let notice = planned(&house, 20).await;
    dies(&house, notice.page(1), 8).await;
    let refused = house.app.release_page(notice.page(1)).await.unwrap_err();
    assert!(matches!(refused, Failure::Conflict(_)), "{refused:?}");
    assert!(house.queues.waiting().is_empty());

    // The sweep runs, and what it puts into the lane is lost.
    for _ in 0..5 {
        house.world.pass_seconds(60);
        house.sweep().await;
        house.queues.lose_all();
    }
    assert_eq!(stuck(&house).await, [(notice.page(1), Stuck::Abandoned)]);
    let released = house.app.release_page(notice.page(1)).await.unwrap();
    assert!(
        released.is(PageState::Claimed),
        "whoever takes it over sees what the dead sender left"
    );
    house.drain().await;
    house.assert_all_ended(notice).await;
    assert_eq!(house.app.notice(notice).await.unwrap().tally.in_doubt, 8);
    assert_eq!(stuck(&house).await, []);
}

#[tokio::test]
async fn a_page_whose_messages_fail_says_why_and_is_tried_at_once_when_it_is_released() {
    let house = House::new().await;
    let notice = planned(&house, 2).await;
    house.ses.always(Some(Fault::Pause));
    for failures in 1..=3 {
        assert_eq!(stuck(&house).await, [], "after {failures} failures");
        house.queues.lose_all();
        house.send(notice.page(1)).await;
        let next = house.queues.next_at().unwrap();
        if failures < 3 {
            house.world.set(next);
            house.plan(notice).await;
        }
    }
    house.queues.lose_all();
    let found = &house.app.stuck_pages().await.unwrap()[0];
    let failures = found.standing.page.failures;
    assert_eq!((found.why, failures, found.left), (Stuck::Failing, 3, 2));
    assert!(
        found.error.as_deref().is_some_and(|error| !error.is_empty()),
        "{found:?}"
    );
    assert!(found.standing.not_before > house.world.now(), "it backs off");

    house.ses.always(None);
    house.app.release_page(notice.page(1)).await.unwrap();
    house.drain().await;
    house.assert_all_ended(notice).await;
    assert_eq!(count(&house, notice, Status::Sent).await, 2, "without waiting");
}

#[tokio::test]
async fn a_page_that_nobody_takes_is_stuck_though_sweeps_look_at_it() {
    let house = House::new().await;
    let notice = planned(&house, 3).await;
    for _ in 0..11 {
        house.world.pass_seconds(60);
        house.sweep().await;
        house.queues.lose_all();
    }
    assert_eq!(stuck(&house).await, [(notice.page(1), Stuck::Untaken)]);
    house.app.release_page(notice.page(1)).await.unwrap();
    house.settle().await;
    house.assert_all_ended(notice).await;
}

#[tokio::test]
async fn pages_that_are_told_or_wait_for_their_turn_or_are_none_are_not_released() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd_on_pages(region.id, 5, 1).await;
    let notice = cut(&house, &region).await;
    plan_queued(&house).await;
    let refused = house.app.release_page(notice.page(5)).await.unwrap_err();
    assert!(matches!(refused, Failure::Conflict(_)), "it waits: {refused:?}");
    house.settle().await;
    let refused = house.app.release_page(notice.page(1)).await.unwrap_err();
    assert!(matches!(refused, Failure::Conflict(_)), "it is told: {refused:?}");
    let none = house.app.release_page(notice.page(6)).await.unwrap_err();
    assert!(matches!(none, Failure::NotFound), "{none:?}");
    assert!(house.queues.waiting().is_empty());
    assert_eq!(house.ses.mails().len(), 5);
}

#[tokio::test]
async fn those_that_wait_longest_come_first() {
    let house = House::new().await;
    let mut pages = Vec::new();
    for name in ["Bandung", "Cimahi", "Garut"] {
        let region = house.region(name).await;
        house.crowd(region.id, 1).await;
        pages.push(cut(&house, &region).await.page(1));
        plan_queued(&house).await;
        house.queues.lose_all();
        house.world.pass_seconds(30);
    }
    house.world.pass_seconds(600);
    let found = house.app.stuck_pages().await.unwrap();
    let order: Vec<PageId> = found.iter().map(|stuck| stuck.standing.page.id).collect();
    assert_eq!(order, pages);
    let since: Vec<Timestamp> = found.iter().map(|stuck| stuck.since).collect();
    assert!(since.is_sorted());
    house.settle().await;
}
