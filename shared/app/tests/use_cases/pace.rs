//! All senders share one rate: none of them is asked to keep a part of it for others, and together they keep to it.

use jiff::{SignedDuration, Timestamp};
use kabar_app::telling::Pace;
use kabar_domain::{World, news::Lane, power::Channel};
use kabar_testkit::House;

const LENGTH: SignedDuration = SignedDuration::from_millis(320);

async fn take(house: &House, ahead: SignedDuration) -> Option<Timestamp> {
    let now = house.world.now();
    let taken = house
        .notices()
        .take_time(Channel::Email, now, LENGTH, now + ahead);
    taken.await.unwrap()
}

#[tokio::test]
async fn each_takes_the_time_after_the_last_and_none_of_it_twice() {
    let house = House::new().await;
    let far = SignedDuration::from_mins(1);
    let begin = house.world.now();
    let mut taken = Vec::new();
    for _ in 0..5 {
        let (a, b, c) = tokio::join!(take(&house, far), take(&house, far), take(&house, far));
        taken.extend([a, b, c].map(|at| at.unwrap().duration_since(begin)));
    }
    taken.sort_unstable();
    let expected: Vec<SignedDuration> = (0..15).map(|n| LENGTH * n).collect();
    assert_eq!(taken, expected);
}

#[tokio::test]
async fn time_that_passed_unused_is_not_made_up_for() {
    let house = House::new().await;
    take(&house, SignedDuration::ZERO).await.unwrap();
    house.world.pass_seconds(60);
    let now = house.world.now();
    assert_eq!(take(&house, SignedDuration::ZERO).await, Some(now));
}

#[tokio::test]
async fn mails_text_messages_and_chats_do_not_wait_for_each_other() {
    let house = House::new().await;
    let now = house.world.now();
    for channel in [Channel::Email, Channel::Sms, Channel::Telegram] {
        let taken = house.notices().take_time(channel, now, LENGTH, now);
        assert_eq!(taken.await.unwrap(), Some(now));
        let taken = house.notices().take_time(channel, now, LENGTH, now);
        assert_eq!(taken.await.unwrap(), None);
    }
}

#[tokio::test]
async fn what_can_wait_takes_nothing_while_the_urgent_take_it_all() {
    let house = House::new().await;
    let (urgent, bulk) = (SignedDuration::from_mins(1), SignedDuration::from_millis(100));
    assert!(take(&house, bulk).await.is_some(), "nobody is urgent");
    let begin = house.world.now();
    for _ in 0..2 {
        assert!(take(&house, urgent).await.is_some());
        assert_eq!(take(&house, bulk).await, None);
    }
    house.world.set(begin + LENGTH * 3 - bulk);
    assert_eq!(take(&house, bulk).await, Some(begin + LENGTH * 3));
}

#[tokio::test]
async fn no_sender_waits_for_a_beat_after_its_turn_or_takes_more_than_a_second() {
    let house = House::new().await;
    // SES's sandbox grants one mail a second.
    let pace = Pace::per_second(Channel::Email, 1.0, house.notices().clone(), house.world.clone());
    let turn = house.world.now() + SignedDuration::from_millis(500);
    assert!(
        pace.beat(Lane::Urgent, 100, turn).await.unwrap(),
        "the first goes at once"
    );
    house.world.set(turn - SignedDuration::from_millis(1));
    let begin = house.world.now();
    let late = async {
        // The next beat is half a second after the turn.
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        house.world.set(turn);
    };
    let (beat, ()) = tokio::join!(pace.beat(Lane::Urgent, 100, turn), late);
    assert!(!beat.unwrap(), "there is none in this turn");
    let taken = take(&house, SignedDuration::from_mins(1)).await.unwrap();
    assert!(
        taken.duration_since(begin) < SignedDuration::from_secs(1),
        "{taken}"
    );
}
