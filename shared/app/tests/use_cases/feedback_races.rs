//! Feedback that meets other feedback, a sender at work on the same page, or its own end.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use kabar_app::telling::Verdict;
use kabar_domain::{
    World,
    ids::{ClaimId, NoticeId},
    news::{Answer, Feedback, Status},
};
use kabar_store::notices::Heard;
use kabar_testkit::{Fault, House, dies_after};

use crate::common::{cut, plan_queued};

/// A notice to so many followers, planned.
async fn planned(house: &House, people: usize) -> NoticeId {
    let region = house.region("Bandung").await;
    house.crowd(region.id, people).await;
    let notice = cut(house, &region).await;
    plan_queued(house).await;
    notice
}

/// The same answer to each message of a notice that was sent.
async fn answers(house: &House, notice: NoticeId, answer: Answer) -> Vec<Feedback> {
    let messages = house.messages(notice).await;
    let sent = messages.iter().filter(|m| m.outcome.status == Status::Sent);
    sent.map(|m| house.feedback(m, &format!("{}@example.com", m.to), answer))
        .collect()
}

#[tokio::test]
async fn answers_to_an_open_page_are_counted_when_it_closes() {
    let house = House::new().await;
    let notice = planned(&house, 3).await;
    house.ses.fail(Fault::Pause, 1);
    house.drain().await;
    let batch = answers(&house, notice, Answer::Delivered).await;
    assert_eq!(batch.len(), 2, "the third failed and will be tried again");
    assert_eq!(house.hear(&batch).await.verdicts, [Verdict::Marked; 2]);
    assert_eq!(house.app.notice(notice).await.unwrap().tally.told(), 2);
    house.settle().await;
    house.assert_all_ended(notice).await;
    let tally = house.app.notice(notice).await.unwrap().tally;
    assert_eq!(
        (tally.count(Status::Delivered), tally.count(Status::Sent)),
        (2, 1)
    );
}

#[tokio::test]
async fn answers_that_come_while_a_sender_is_at_work_are_counted_when_it_closes() {
    let house = House::new().await;
    let notice = planned(&house, 4).await;
    house.ses.fail(Fault::Late, 1);
    let page = notice.page(1);
    let meanwhile = async {
        house.ses.asked(4).await;
        while answers(&house, notice, Answer::HardBounce).await.len() < 3 {
            tokio::task::yield_now().await;
        }
        let batch = answers(&house, notice, Answer::HardBounce).await;
        house.hear(&batch).await;
        house.ses.answer_late();
    };
    tokio::join!(house.send(page), meanwhile);
    house.queues.lose_all();
    house.assert_all_ended(notice).await;
    let tally = house.app.notice(notice).await.unwrap().tally;
    assert_eq!((tally.count(Status::Bounced), tally.count(Status::Sent)), (3, 1));
}

#[tokio::test]
async fn an_answer_that_meets_the_close_of_its_page_is_heard_again_and_counted_once() {
    let house = House::new().await;
    let notice = planned(&house, 2).await;
    house.ses.fail(Fault::Pause, 1);
    house.drain().await;
    let open = house
        .notices()
        .page_record(notice.page(1))
        .await
        .unwrap()
        .unwrap();
    house.settle().await;
    let heard = Heard {
        answers: BTreeMap::from([1, 2].map(|place| (place, (Answer::Delivered, house.world.now())))),
        ..Heard::default()
    };
    let now = house.world.now();
    assert!(!house.notices().hear(&open, &heard, now).await.unwrap());
    house.assert_all_ended(notice).await;
    let batch = answers(&house, notice, Answer::Delivered).await;
    house.hear(&batch).await;
    house.assert_all_ended(notice).await;
    assert_eq!(house.statuses(notice).await, [Status::Delivered; 2]);
}

#[tokio::test]
async fn the_same_batch_heard_by_several_at_once_is_counted_once() {
    let house = House::new().await;
    let notice = planned(&house, 40).await;
    house.drain().await;
    let delivered = answers(&house, notice, Answer::Delivered).await;
    let bounced: Vec<_> = answers(&house, notice, Answer::HardBounce)
        .await
        .into_iter()
        .step_by(4)
        .collect();
    tokio::join!(
        house.listener.hear(&delivered),
        house.listener.hear(&bounced),
        house.listener.hear(&delivered),
        house.listener.hear(&bounced),
    );
    // Who gave up because of the others comes back by the queue.
    house.hear(&delivered).await;
    house.hear(&bounced).await;
    house.assert_all_ended(notice).await;
    let tally = house.app.notice(notice).await.unwrap().tally;
    assert_eq!(
        (tally.count(Status::Delivered), tally.count(Status::Bounced)),
        (30, 10)
    );
}

#[tokio::test]
async fn a_listener_killed_at_any_moment_leaves_counters_and_rows_equal_and_nothing_unheard() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    for moments in (0..80).step_by(4) {
        let notice = cut(&house, &region).await;
        house.settle().await;
        let batch = answers(&house, notice, Answer::SoftBounce).await;
        dies_after(moments, house.listener.hear(&batch)).await;
        house.assert_all_ended(notice).await;
        house.hear(&batch).await;
        house.assert_all_ended(notice).await;
        assert!(
            house.statuses(notice).await.iter().all(|s| *s == Status::Bounced),
            "killed after {moments}"
        );
        crate::common::mend(&house, &region).await;
        house.settle().await;
    }
}

#[tokio::test]
async fn a_sender_that_meets_a_listener_on_its_page_claims_it_and_gives_it_back_all_the_same() {
    let house = House::new().await;
    let notice = planned(&house, 1).await;
    let conflicts = house.engine.conflicts();
    house.ses.fail(Fault::Pause, 1);
    conflicts.set_updates(2);
    house.send(notice.page(1)).await;
    assert_eq!((house.ses.calls(), conflicts.left()), (1, 0), "claimed");
    house.world.pass_seconds(60);
    house.queues.lose_all();
    house.sweep().await;
    let (now, id) = (house.world.now(), ClaimId::new(&*house.world));
    let until = now + SignedDuration::from_secs(32);
    let claim = house.notices().claim(notice.page(1), id, now, until).await;
    conflicts.set_updates(2);
    let claim = claim.unwrap().expect("a page that is in its lane again");
    assert!(house.notices().release(&claim, now).await.unwrap());
    assert_eq!(conflicts.left(), 0, "given back");
    house.settle().await;
    house.assert_all_ended(notice).await;
    assert_eq!(house.statuses(notice).await, [Status::Sent]);
}
