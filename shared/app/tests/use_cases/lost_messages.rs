//! Queues forget: what they were to say is found again.

use kabar_domain::news::PAGES_IN_LANE;
use kabar_testkit::{Fault, House};

use crate::common::{cut, plan_queued};

#[tokio::test]
async fn a_sweep_finds_a_notice_whose_queue_message_was_lost() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    let notice = cut(&house, &region).await;
    house.queues.lose_all();
    house.sweep().await;
    house.drain().await;
    house.assert_all_ended(notice).await;
    assert_eq!(house.ses.mails().len(), 3);
}

#[tokio::test]
async fn a_sweep_finds_pages_whose_queue_messages_were_lost_but_not_before_a_minute() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    let notice = cut(&house, &region).await;
    plan_queued(&house).await;
    house.queues.lose_all();
    house.world.pass_seconds(59);
    house.sweep().await;
    assert!(house.queues.waiting().is_empty(), "it may still come");
    house.world.pass_seconds(1);
    house.sweep().await;
    house.sweep().await;
    assert_eq!(
        house.queues.waiting().len(),
        1,
        "put into its lane once, whoever sweeps twice"
    );
    house.drain().await;
    house.assert_all_ended(notice).await;
}

#[tokio::test]
async fn a_page_that_stands_in_a_long_lane_is_not_put_into_it_every_minute() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    cut(&house, &region).await;
    plan_queued(&house).await;
    for _ in 0..60 {
        house.world.pass_seconds(60);
        house.sweep().await;
    }
    let times = house.queues.waiting().len();
    assert!(times < 10, "{times} times in an hour");
    house.settle().await;
}

#[tokio::test]
async fn while_the_lanes_are_down_nothing_is_lost() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let pages = PAGES_IN_LANE + 1;
    house.crowd_on_pages(region.id, pages, 1).await;
    let notice = cut(&house, &region).await;
    house.ses.fail(Fault::Pause, 1);
    let dispatch = house.queues.take().unwrap();
    house.queues.set_down(true);
    house.deliver(&dispatch).await;
    house.world.pass_seconds(60);
    house.sweep().await;
    assert!(house.queues.waiting().is_empty());
    house.queues.set_down(false);
    house.world.pass_seconds(60);
    house.sweep().await;
    let page = house.queues.take().unwrap();
    house.queues.set_down(true);
    house.deliver(&page).await;
    house.queues.set_down(false);
    house.settle().await;
    house.assert_all_ended(notice).await;
    assert_eq!(house.ses.mails().len(), pages);
}
