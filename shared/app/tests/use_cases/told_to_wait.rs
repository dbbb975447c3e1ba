//! A provider that says "later" for longer than a turn lasts: the page is set aside until then, with all who are on it.

use kabar_domain::{
    ids::NoticeId,
    news::{Kind, Status},
};
use kabar_testkit::{ChatFate, House, dies_after};

use crate::{
    chats_common::{added, ends, in_telegram},
    common::cut,
};

const CHATS: i64 = 40;
/// As many as are on their way at once.
const TRIED: i64 = 8;
const WAIT_S: u64 = 300;

/// A cut of a region with many chats, of all of which Telegram says "later".
async fn refused() -> (House, NoticeId) {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    for chat in 1..=CHATS {
        added(&house, chat, Some(vec![region.id])).await;
    }
    set(&house, Some(ChatFate::Busy(WAIT_S)));
    cut(&house, &region).await;
    house.drain().await;
    let notice = in_telegram(&house).await;
    (house, notice)
}

fn set(house: &House, fate: Option<ChatFate>) {
    for chat in 1..=CHATS {
        house.bot.set_fate(chat, fate);
    }
}

async fn look_again(house: &House, seconds: u64) {
    house.world.pass_seconds(i64::try_from(seconds).unwrap());
    house.sweep().await;
    house.drain().await;
}

#[tokio::test(start_paused = true)]
async fn nobody_is_tried_before_the_provider_said_not_even_those_who_were_not_tried() {
    let (house, notice) = refused().await;
    assert_eq!(house.bot.requests(), TRIED);
    let known = ends(&house, notice).await;
    let count = |status| known.iter().filter(|(_, found, _)| *found == status).count();
    assert_eq!(
        (known.len(), count(Status::Error), count(Status::Waiting)),
        (40, 8, 32),
        "{known:?}"
    );

    // The page does not stand in its lane meanwhile, though most on it are untried.
    for _ in 0..4 {
        look_again(&house, 60).await;
    }
    look_again(&house, 59).await;
    assert_eq!(house.bot.requests(), TRIED, "a second too early");
    set(&house, None);
    house.settle().await;
    let mut told: Vec<i64> = house.bot.taken().iter().map(|message| message.chat).collect();
    told.sort_unstable();
    assert_eq!(told, (1..=CHATS).collect::<Vec<_>>(), "each once");
    house.assert_all_ended(notice).await;
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_says_it_again_and_again_is_asked_by_few_and_in_the_end_nobody_is_told_too_late() {
    let (house, notice) = refused().await;
    let lifetime = Kind::Outage.lifetime().as_secs();
    let waits = lifetime / i64::try_from(WAIT_S).unwrap();
    house.settle().await;
    assert!(house.bot.taken().is_empty());
    assert!(
        house.bot.requests() <= TRIED * (waits + 1),
        "{} requests",
        house.bot.requests()
    );
    house.assert_all_ended(notice).await;
    let known = ends(&house, notice).await;
    assert_eq!(known.len(), 40);
    assert!(
        known.iter().all(|(_, status, _)| *status == Status::Expired),
        "{known:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_sender_that_dies_while_the_provider_says_later_loses_nobody_and_tells_nobody_twice() {
    for after in (1..60).step_by(7) {
        let house = House::new().await;
        let region = house.region("Bandung").await;
        for chat in 1..=CHATS {
            added(&house, chat, Some(vec![region.id])).await;
        }
        set(&house, Some(ChatFate::Busy(WAIT_S)));
        cut(&house, &region).await;
        dies_after(after, house.drain()).await;
        look_again(&house, 1).await;
        set(&house, None);
        house.settle().await;
        let notice = in_telegram(&house).await;
        house.assert_all_ended(notice).await;
        let mut told: Vec<i64> = house.bot.taken().iter().map(|message| message.chat).collect();
        told.sort_unstable();
        assert_eq!(told, (1..=CHATS).collect::<Vec<_>>(), "died after {after} steps");
    }
}
