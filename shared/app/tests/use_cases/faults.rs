//! SES at its worst: nobody is missed.

use kabar_domain::news::Status;
use kabar_testkit::{Fault, House};

use crate::common::{count, cut, region_with_three};

#[tokio::test(start_paused = true)]
async fn throttled_ten_times_refused_twice_and_hung_once_all_are_told() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    house.ses.fail(Fault::Throttle, 10);
    house.ses.fail(Fault::Error, 2);
    house.ses.fail(Fault::Hang, 1);
    let notice = cut(&house, &region).await;
    house.settle().await;
    house.assert_all_ended(notice).await;
    assert_eq!(count(&house, notice, Status::Sent).await, 3);
    assert_eq!(house.ses.mails().len(), 3);
    assert_eq!(house.ses.calls(), 16);
    let messages = house.messages(notice).await;
    let attempts: u32 = messages.iter().map(|message| message.outcome.attempts).sum();
    assert_eq!(attempts, 6, "being throttled is no attempt");
}

#[tokio::test(start_paused = true)]
async fn a_mail_that_was_taken_without_an_answer_is_sent_again_and_counted_as_in_doubt() {
    for fault in [Fault::AcceptThenFail, Fault::AcceptThenHang] {
        let house = House::new().await;
        let region = region_with_three(&house).await;
        house.ses.fail(fault, 1);
        let notice = cut(&house, &region).await;
        house.settle().await;
        house.assert_all_ended(notice).await;
        assert_eq!(house.ses.mails().len(), 4, "{fault:?}");
        for message in house.messages(notice).await {
            let user = house
                .app
                .people
                .account(message.to.user().unwrap())
                .await
                .unwrap()
                .unwrap()
                .user;
            let mails = house.ses.mails_to(user.profile.email.as_str());
            assert_eq!(message.outcome.in_doubt, mails == 2, "{fault:?}");
        }
        let mails = house.ses.mails();
        let mut ids: Vec<&str> = mails.iter().map(|mail| mail.message_id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(
            ids.len(),
            3,
            "the second letter carries the Message-ID of the first"
        );
    }
}

#[tokio::test]
async fn a_mail_that_ses_refuses_for_good_is_failed_and_not_tried_again() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    house.ses.fail(Fault::Reject, 1);
    let notice = cut(&house, &region).await;
    house.settle().await;
    house.assert_all_ended(notice).await;
    assert_eq!(count(&house, notice, Status::Failed).await, 1);
    assert_eq!(count(&house, notice, Status::Sent).await, 2);
    assert_eq!(house.ses.calls(), 3);
}

#[tokio::test]
async fn while_the_account_is_paused_messages_wait_and_at_the_deadline_they_expire() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    house.ses.always(Some(Fault::Pause));
    let notice = cut(&house, &region).await;
    house.settle().await;
    house.assert_all_ended(notice).await;
    assert_eq!(count(&house, notice, Status::Expired).await, 3);
    assert!(
        house.ses.calls() < 3 * 20,
        "it backs off: {} calls in six hours",
        house.ses.calls()
    );
    assert!(house.ses.mails().is_empty());
}
