//! When too much of what was mailed comes back, mailings stand still, and nothing else does.

use std::slice::from_ref;

use jiff::SignedDuration;
use kabar_domain::news::{Answer, BrakeReason, Reputation, Status};
use kabar_testkit::House;

use crate::common::{ANNA, JOHN, cut};

/// A house where two mails are enough to conclude from, and two of two have bounced.
async fn braked() -> House {
    let mut house = House::new().await;
    house.listener.limits.minimum = 2;
    let john = house.user(JOHN).await;
    for _ in 0..2 {
        let notice = house.mailing(john.id).await;
        house.settle().await;
        let message = house.only_message(notice).await;
        // Each to another address, for the second would not be sent to one that bounced.
        let address = format!("{}@example.com", message.id);
        let bounce = house.feedback(&message, &address, Answer::HardBounce);
        let report = house.hear(&[bounce]).await;
        let is_on = house.notices().brake().await.unwrap().is_some();
        assert_eq!(report.brake.is_some(), is_on, "the one who sets it says so");
    }
    house
}

#[tokio::test]
async fn while_the_brake_is_on_mailings_wait_and_all_else_goes() {
    let house = braked().await;
    let standing = house.app.standing().await.unwrap();
    assert_eq!(standing.brake.unwrap().reason, BrakeReason::Bounces);
    assert_eq!(
        standing.reputation,
        Reputation {
            answered: 2,
            bounced: 2,
            complained: 0
        }
    );

    let region = house.region("Bandung").await;
    let anna = house.follower(region.id, ANNA).await;
    let mailing = house.mailing(anna.id).await;
    house.world.pass_seconds(1);
    let outage = cut(&house, &region).await;
    house.app.forgot_password(&anna.profile.email).await.unwrap();
    for _ in 0..30 {
        house.sweep().await;
        house.drain().await;
        house.world.pass_seconds(60);
    }
    assert_eq!(house.statuses(outage).await, [Status::Sent]);
    assert_eq!(
        house.statuses(mailing).await,
        [Status::Queued],
        "for half an hour"
    );
    assert_eq!(
        house.ses.mails_to("anna@example.com"),
        2,
        "the outage and the code"
    );

    house.app.release_brake().await.unwrap();
    let standing = house.app.standing().await.unwrap();
    assert_eq!(
        (standing.brake, standing.reputation),
        (None, Reputation::default())
    );
    house.settle().await;
    let message = house.only_message(mailing).await;
    assert_eq!(
        (message.outcome.status, message.outcome.attempts),
        (Status::Sent, 1)
    );
    house.assert_all_ended(mailing).await;
}

#[tokio::test]
async fn a_mailing_that_waits_past_its_deadline_expires_where_everybody_sees_it() {
    let house = braked().await;
    let anna = house.user(ANNA).await;
    let mailing = house.mailing(anna.id).await;
    house.drain().await;
    house.settle().await;
    assert_eq!(house.statuses(mailing).await, [Status::Expired]);
    house.assert_all_ended(mailing).await;
    assert_eq!(house.ses.mails_to("anna@example.com"), 0);
}

#[tokio::test]
async fn a_handful_of_mails_or_soft_bounces_or_yesterday_s_do_not_stop_mailings() {
    let mut house = House::new().await;
    house.listener.limits.minimum = 3;
    let john = house.user(JOHN).await;
    let answer = async |answer: Answer| {
        let notice = house.mailing(john.id).await;
        house.settle().await;
        let message = house.only_message(notice).await;
        let address = format!("{}@example.com", message.id);
        house.hear(&[house.feedback(&message, &address, answer)]).await;
        house.notices().brake().await.unwrap()
    };
    assert_eq!(answer(Answer::HardBounce).await, None, "one of one");
    for _ in 0..3 {
        assert_eq!(answer(Answer::SoftBounce).await, None);
    }
    let reputation = house.app.standing().await.unwrap().reputation;
    assert_eq!((reputation.answered, reputation.bounced), (4, 1));
    house.world.pass(SignedDuration::from_hours(24));
    let forgotten = house.app.standing().await.unwrap().reputation;
    assert_eq!(forgotten, Reputation::default());
}

#[tokio::test]
async fn complaints_stop_mailings_too_and_a_message_counts_once_as_answered() {
    let mut house = House::new().await;
    house.listener.limits.minimum = 1;
    let john = house.user(JOHN).await;
    let notice = house.mailing(john.id).await;
    house.settle().await;
    let message = house.only_message(notice).await;
    let say = |answer| house.feedback(&message, "john@example.com", answer);
    let (delivered, complaint) = (say(Answer::Delivered), say(Answer::Complaint));
    assert!(house.hear(from_ref(&delivered)).await.brake.is_none());
    let brake = house.hear(from_ref(&complaint)).await.brake.unwrap();
    assert_eq!(brake.reason, BrakeReason::Complaints);
    assert!(house.hear(&[complaint, delivered]).await.brake.is_none(), "once");
    let standing = house.app.standing().await.unwrap();
    assert_eq!(
        standing.reputation,
        Reputation {
            answered: 1,
            bounced: 0,
            complained: 1
        }
    );
}

#[tokio::test]
async fn a_release_while_the_brake_is_off_begins_the_counts_anew() {
    let house = House::new().await;
    house.app.release_brake().await.unwrap();
    assert_eq!(house.app.standing().await.unwrap().brake, None);
}
