//! From an operator's word to a mail that a person can read.

use kabar_domain::{World, news::Status, power::Word};
use kabar_testkit::House;

use crate::common::{ANNA, count, cut, mend, region_with_three};

#[tokio::test]
async fn everybody_is_told_once_in_their_language_and_by_their_clock() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    let outage = cut(&house, &region).await;
    house.settle().await;

    let mut mails = house.ses.mails();
    mails.sort_by(|a, b| a.to.cmp(&b.to));
    let said: Vec<(&str, &str)> = mails
        .iter()
        .map(|m| (m.to.as_str(), m.subject.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            ("anna@example.com", "Power is out in Bandung"),
            ("john@example.com", "Power is out in Bandung"),
            ("sari@example.com", "Listrik padam di Bandung"),
        ]
    );
    let clocks = [
        "Saturday, 21 November 2026, 11:00 CET",
        "Saturday, 21 November 2026, 17:00 WIB",
        "Sabtu, 21 November 2026, pukul 17.00 WIB",
    ];
    for (mail, clock) in mails.iter().zip(clocks) {
        assert!(
            mail.text.contains(clock) && mail.html.contains(clock),
            "{clock} is missing in\n{}",
            mail.text
        );
    }
    house.assert_all_ended(outage).await;
    assert_eq!(count(&house, outage, Status::Sent).await, 3);

    house.world.pass_seconds(2 * 3600 + 600);
    let restored = mend(&house, &region).await;
    house.settle().await;
    let mails = house.ses.mails().split_off(3);
    let says = |to: &str, words: &str| mails.iter().any(|m| m.to == to && m.text.contains(words));
    assert_eq!(mails.len(), 3);
    assert!(says("anna@example.com", "after 2 hours 10 minutes"), "{mails:#?}");
    assert!(says("sari@example.com", "selama 2 jam 10 menit"), "{mails:#?}");
    house.assert_all_ended(restored).await;
}

#[tokio::test]
async fn a_three_hour_cut_with_everything_run_twice_gives_one_mail_off_and_one_on() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    for word in [Word::Off, Word::On] {
        house.say(region.id, word).await;
        for _ in 0..36 {
            tokio::join!(house.check(), house.check());
            while let Some(message) = house.queues.take_any() {
                tokio::join!(house.deliver(&message), house.deliver(&message));
                house.deliver(&message).await;
            }
            tokio::join!(house.sweep(), house.sweep());
            house.world.pass_seconds(300);
        }
    }
    for address in ["anna@example.com", "john@example.com", "sari@example.com"] {
        assert_eq!(house.ses.mails_to(address), 2, "{address}");
    }
    for told in house.told().await {
        house.assert_all_ended(told.notice.id).await;
        assert_eq!(told.tally.in_doubt, 0);
    }
    house.settle().await;
}

#[tokio::test]
async fn a_notice_that_nobody_follows_is_complete_and_leaves_nothing_due() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let notice = cut(&house, &region).await;
    house.drain().await;
    house.assert_all_ended(notice).await;
    assert!(!house.is_anything_due().await);
}

#[tokio::test]
async fn messages_that_a_queue_delivers_again_much_later_tell_nobody_anything() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.follower(region.id, ANNA).await;
    cut(&house, &region).await;
    let dispatch = house.queues.take().unwrap();
    house.deliver(&dispatch).await;
    let page = house.queues.take().unwrap();
    house.deliver(&page).await;
    let before = house.world.now();
    for _ in 0..5 {
        house.world.pass_seconds(600);
        house.deliver(&dispatch).await;
        house.deliver(&page).await;
    }
    house.world.set(before);
    house.deliver(&page).await;
    assert_eq!(house.ses.calls(), 1);
    house.settle().await;
}
