//! What changes between planning and sending is respected, and the message says why it was not sent.

use jiff::SignedDuration;
use kabar_app::Expected;
use kabar_domain::{
    World,
    ids::NoticeId,
    news::{Kind, Status},
    power::Word,
};
use kabar_testkit::{Fault, House};

use crate::common::{ANNA, SARI, count, cut, mend, plan_queued};

async fn assert_all(house: &House, notice: NoticeId, status: Status, why: &str) {
    house.assert_all_ended(notice).await;
    let messages = house.messages(notice).await;
    assert!(!messages.is_empty());
    for message in messages {
        let outcome = (message.outcome.status, message.outcome.error.as_deref());
        assert_eq!(outcome, (status, Some(why)), "{message:?}");
    }
}

#[tokio::test]
async fn a_follower_who_left_is_not_told() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let anna = house.follower(region.id, ANNA).await;
    house.follower(region.id, SARI).await;
    let notice = cut(&house, &region).await;
    plan_queued(&house).await;
    assert!(house.app.grid.unfollow(anna.id, region.id).await.unwrap());
    house.settle().await;
    house.assert_all_ended(notice).await;
    assert_eq!(
        (
            house.ses.mails_to("anna@example.com"),
            house.ses.mails_to("sari@example.com")
        ),
        (0, 1)
    );
    let messages = house.messages(notice).await;
    let hers = messages
        .iter()
        .find(|message| message.to.user() == Some(anna.id))
        .unwrap();
    assert_eq!(hers.outcome.status, Status::Cancelled);
    assert_eq!(
        hers.outcome.error.as_deref(),
        Some(
            "the person does not follow the region, began to when it was dark, or hears of it from their home"
        )
    );
}

#[tokio::test]
async fn nobody_is_told_of_an_outage_that_is_over() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    let outage = cut(&house, &region).await;
    plan_queued(&house).await;
    house.world.pass_seconds(60);
    let restored = mend(&house, &region).await;
    house.settle().await;
    assert_all(&house, outage, Status::Cancelled, "the outage is over").await;
    assert_eq!(
        count(&house, restored, Status::Sent).await,
        3,
        "though they are told that it is back"
    );
}

#[tokio::test]
async fn an_outage_that_is_over_is_void_also_when_the_next_one_has_begun() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 2).await;
    let first = cut(&house, &region).await;
    plan_queued(&house).await;
    house.world.pass_seconds(60);
    mend(&house, &region).await;
    house.world.pass_seconds(60);
    let second = cut(&house, &region).await;
    house.settle().await;
    assert_all(&house, first, Status::Cancelled, "the outage is over").await;
    assert_eq!(count(&house, second, Status::Sent).await, 2);
}

#[tokio::test]
async fn nobody_is_told_of_a_region_that_was_removed() {
    for kind in [Kind::Outage, Kind::Restored] {
        for is_cleared in [false, true] {
            let house = House::new().await;
            let region = house.region("Bandung").await;
            house.crowd(region.id, 2).await;
            let mut notice = cut(&house, &region).await;
            if kind == Kind::Restored {
                house.settle().await;
                notice = mend(&house, &region).await;
            }
            let told = house.ses.mails().len();
            plan_queued(&house).await;
            house.app.remove_region(region.id, Expected::Any).await.unwrap();
            if is_cleared {
                house.check().await;
            }
            house.settle().await;
            assert_all(&house, notice, Status::Cancelled, "the region was removed").await;
            assert_eq!(house.ses.mails().len(), told);
        }
    }
}

#[tokio::test]
async fn a_message_whose_deadline_has_passed_expires_and_is_never_sent() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    let notice = cut(&house, &region).await;
    plan_queued(&house).await;
    let deadline = house.app.notice(notice).await.unwrap().notice.deadline;
    house.world.set(deadline);
    house.settle().await;
    assert_all(&house, notice, Status::Expired, "the deadline passed").await;
    assert_eq!(house.ses.calls(), 0);
}

#[tokio::test]
async fn just_before_the_deadline_people_are_still_told() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    let notice = cut(&house, &region).await;
    plan_queued(&house).await;
    let deadline = house.app.notice(notice).await.unwrap().notice.deadline;
    house.world.set(deadline - SignedDuration::from_millis(1));
    house.drain().await;
    assert_eq!(count(&house, notice, Status::Sent).await, 3);
}

#[tokio::test]
async fn a_notice_that_nobody_planned_in_time_expires_for_everybody() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    let notice = cut(&house, &region).await;
    house.queues.lose_all();
    house.world.set(house.world.now() + Kind::Outage.lifetime());
    house.settle().await;
    assert_all(&house, notice, Status::Expired, "the deadline passed").await;
}

#[tokio::test]
async fn what_failed_before_the_outage_was_over_is_cancelled_when_its_turn_comes_again() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    house.ses.fail(Fault::Pause, 1);
    let notice = cut(&house, &region).await;
    house.drain().await;
    assert_eq!(count(&house, notice, Status::Error).await, 1);
    house.say(region.id, Word::On).await;
    house.check().await;
    house.settle().await;
    house.assert_all_ended(notice).await;
    assert_eq!(count(&house, notice, Status::Sent).await, 2);
    assert_eq!(count(&house, notice, Status::Cancelled).await, 1);
}

#[tokio::test]
async fn a_follower_who_came_after_planning_is_told_by_the_next_notice_only() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.follower(region.id, ANNA).await;
    cut(&house, &region).await;
    plan_queued(&house).await;
    house.follower(region.id, SARI).await;
    house.settle().await;
    assert_eq!(house.ses.mails_to("sari@example.com"), 0);
    mend(&house, &region).await;
    house.settle().await;
    assert_eq!(house.ses.mails_to("sari@example.com"), 1);
}
