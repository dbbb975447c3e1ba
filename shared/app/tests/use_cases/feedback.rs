//! What the provider says of mails: in any order, repeated, late, forged.

use std::collections::BTreeSet;

use kabar_app::telling::Verdict;
use kabar_domain::{
    ids::NoticeId,
    news::{Answer, Status},
};
use kabar_store::notices::Message;
use kabar_testkit::{Fault, House};

use crate::common::{ANNA, cut, plan_queued};

const ADDRESS: &str = "anna@example.com";

/// A notice that one person was told by.
async fn told(house: &House) -> (NoticeId, Message) {
    let region = house.region("Bandung").await;
    house.follower(region.id, ANNA).await;
    let notice = cut(house, &region).await;
    house.settle().await;
    let message = house.only_message(notice).await;
    (notice, message)
}

#[tokio::test]
async fn the_weightiest_answer_stands_in_whatever_order_they_come_and_however_often() {
    let four = Answer::ALL;
    for first in 0..4 {
        for second in 0..4 {
            let house = House::new().await;
            let (notice, message) = told(&house).await;
            let mut heaviest = None;
            for answer in [first, second, first].map(|n: usize| four[n]) {
                let verdict = house.hear_one(&house.feedback(&message, ADDRESS, answer)).await;
                let is_new = heaviest < Some(answer);
                assert_eq!(verdict, if is_new { Verdict::Marked } else { Verdict::Known });
                heaviest = heaviest.max(Some(answer));
                assert_eq!(house.statuses(notice).await, [heaviest.unwrap().status()]);
                house.assert_all_ended(notice).await;
            }
        }
    }
}

#[tokio::test]
async fn what_came_back_says_why_to_staff() {
    let house = House::new().await;
    let (notice, message) = told(&house).await;
    for (answer, why) in [
        (Answer::Delivered, None),
        (Answer::SoftBounce, Some("soft_bounce")),
        (Answer::HardBounce, Some("hard_bounce")),
        (Answer::Complaint, Some("complaint")),
    ] {
        house.hear_one(&house.feedback(&message, ADDRESS, answer)).await;
        let outcome = house.only_message(notice).await.outcome;
        assert_eq!(outcome.error.as_deref(), why);
        assert_eq!((outcome.attempts, outcome.sent_at), (1, message.outcome.sent_at));
    }
}

#[tokio::test]
async fn several_answers_to_one_message_in_one_batch_are_one_mark() {
    let house = House::new().await;
    let (notice, message) = told(&house).await;
    let say = |answer| house.feedback(&message, ADDRESS, answer);
    let batch = [
        say(Answer::Delivered),
        say(Answer::HardBounce),
        say(Answer::SoftBounce),
        say(Answer::HardBounce),
    ];
    let report = house.hear(&batch).await;
    use Verdict::{Known, Marked};
    assert_eq!(report.verdicts, [Marked, Marked, Known, Known]);
    assert_eq!(house.statuses(notice).await, [Status::Bounced]);
    house.assert_all_ended(notice).await;
}

#[tokio::test]
async fn feedback_of_no_mail_of_ours_is_refused_and_writes_nothing() {
    let house = House::new().await;
    let (notice, message) = told(&house).await;
    let good = house.feedback(&message, ADDRESS, Answer::HardBounce);
    let mut forged = vec![good.clone(), good.clone(), good.clone(), good];
    forged[0].provider_id = "somebody else's".to_owned();
    forged[1].message = message.id.page().message(2);
    forged[2].message = message.id.page().message(0);
    forged[3].message = NoticeId::new(&*house.world).page(1).message(1);
    let _ = house.meter().take();
    for one in &forged {
        let verdict = house.hear_one(one).await;
        assert!(matches!(verdict, Verdict::Refused(_)), "{one:?}: {verdict:?}");
    }
    assert!(house.meter().take_total().write < f64::EPSILON);
    assert_eq!(house.statuses(notice).await, [Status::Sent]);
    assert!(house.notices().brake().await.unwrap().is_none());
}

#[tokio::test]
async fn feedback_that_is_faster_than_our_record_comes_back_later() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.follower(region.id, ANNA).await;
    let notice = cut(&house, &region).await;
    plan_queued(&house).await;
    let early = house.only_message(notice).await;
    let delivered = house.feedback(&early, ADDRESS, Answer::Delivered);
    assert_eq!(house.hear_one(&delivered).await, Verdict::Later, "no row");
    house.ses.fail(Fault::Pause, 1);
    house.drain().await;
    assert_eq!(
        house.hear_one(&delivered).await,
        Verdict::Later,
        "a try that failed"
    );
    house.settle().await;
    assert_eq!(house.hear_one(&delivered).await, Verdict::Marked);
    assert_eq!(house.statuses(notice).await, [Status::Delivered]);
    house.assert_all_ended(notice).await;
}

#[tokio::test]
async fn a_mail_in_doubt_that_arrived_is_not_sent_again() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.follower(region.id, ANNA).await;
    let notice = cut(&house, &region).await;
    house.ses.fail(Fault::AcceptThenFail, 1);
    house.drain().await;
    let message = house.only_message(notice).await;
    assert_eq!(message.outcome.status, Status::Error);
    let mut delivered = house.feedback(&message, ADDRESS, Answer::Delivered);
    delivered.provider_id = "a name that we never heard".to_owned();
    assert_eq!(house.hear_one(&delivered).await, Verdict::Marked);
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 1, "once");
    assert_eq!(house.statuses(notice).await, [Status::Delivered]);
    house.assert_all_ended(notice).await;
    assert_eq!(house.app.notice(notice).await.unwrap().tally.in_doubt, 1);
}

#[tokio::test]
async fn a_hundred_people_s_bounces_in_one_batch_are_all_marked_and_suppressed() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 100).await;
    let notice = cut(&house, &region).await;
    house.settle().await;
    let messages = house.messages(notice).await;
    let address = |message: &Message| format!("{}@example.com", message.to);
    let bounce = |message: &Message| house.feedback(message, &address(message), Answer::HardBounce);
    let batch: Vec<_> = messages.iter().map(bounce).collect();
    let report = house.hear(&batch).await;
    assert_eq!(report.answers[&Answer::HardBounce], 100);
    let statuses: BTreeSet<_> = house.statuses(notice).await.into_iter().collect();
    assert_eq!(statuses, BTreeSet::from([Status::Bounced]));
    house.assert_all_ended(notice).await;
    let entries = house.dump("notices").await.matches("suppressions#").count();
    assert_eq!(entries, 300);
}

#[tokio::test]
async fn a_page_of_deliveries_that_come_together_costs_a_few_writes() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 90).await;
    let notice = cut(&house, &region).await;
    house.settle().await;
    let messages = house.messages(notice).await;
    let deliver = |message: &Message| house.feedback(message, ADDRESS, Answer::Delivered);
    let batch: Vec<_> = messages.iter().map(deliver).collect();
    let _ = house.meter().take();
    house.hear(&batch).await;
    let used = house.meter().take_total();
    assert!(used.write <= 6.0, "{used}");
    house.assert_all_ended(notice).await;
}
