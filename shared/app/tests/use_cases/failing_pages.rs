//! Pages with messages that failed: what failed waits out its back-off, and nobody else waits with it.

use jiff::SignedDuration;
use kabar_app::telling::Sent;
use kabar_domain::{World, news::Status};
use kabar_testkit::{Fault, House};
use tokio::select;

use crate::common::{count, cut, plan_queued};

#[tokio::test(start_paused = true)]
async fn a_turn_that_could_try_nothing_again_loses_nobody() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    house.ses.fail(Fault::Error, 3);
    let notice = cut(&house, &region).await;
    house.drain().await;
    assert_eq!(count(&house, notice, Status::Error).await, 3);
    house.world.pass(SignedDuration::from_secs(90));
    plan_queued(&house).await;
    house.sweep().await;
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
    house.drain().await;
    assert_eq!(count(&house, notice, Status::Sent).await, 3);
}

#[tokio::test(start_paused = true)]
async fn those_whom_nobody_has_tried_to_tell_do_not_wait_for_those_who_could_not_be_told() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 30).await;
    let notice = cut(&house, &region).await;
    plan_queued(&house).await;
    house.ses.fail(Fault::Error, 1);
    select! {
        biased;
        () = house.ses.asked(15) => {}
        done = house.try_send(notice.page(1)) => panic!("it should have died, and did {done:?}"),
    }
    house.world.pass(SignedDuration::from_secs(33));
    let Sent::Page(report) = house.send(notice.page(1)).await else {
        panic!("the page was not taken over")
    };
    assert!(!report.is_closed);
    assert_eq!(count(&house, notice, Status::Error).await, 1);
    assert_eq!(count(&house, notice, Status::Sent).await, 29);
    let failed = house.messages(notice).await;
    let failed = failed
        .iter()
        .find(|message| message.outcome.status == Status::Error);
    assert_eq!(failed.unwrap().outcome.attempts, 1, "it waits for its back-off");
    house.settle().await;
    house.assert_all_ended(notice).await;
    assert_eq!(count(&house, notice, Status::Sent).await, 30);
}
