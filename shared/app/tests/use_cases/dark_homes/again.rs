//! A home that goes dark again while its region's outage lasts: who was told of it by the home is told by the home.

use kabar_domain::power::{Channel, Word};

use crate::{
    chats_common::{connect, follow},
    common::ANNA,
    dark_homes::{HOME_BACK, HOME_OFF, Setting},
    homes_common::{home, join, minutes, say_by_hand, subjects},
};

#[tokio::test]
async fn who_heard_from_their_home_before_the_region_was_dark_hears_each_time_from_it() {
    let setting = Setting::new().await;
    setting.sari_follows().await;
    setting.home_is(Word::Off).await;
    setting.region_is(Word::Off).await;
    for word in [Word::On, Word::Off, Word::On] {
        setting.home_is(word).await;
    }
    setting.region_is(Word::On).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK, HOME_OFF, HOME_BACK]);
    // The next outage is another one, of which they hear as everybody.
    setting.region_is(Word::Off).await;
    setting.region_is(Word::On).await;
    assert_eq!(subjects(&setting.house, &setting.sari).len(), 6);
}

#[tokio::test]
async fn who_heard_from_one_home_hears_of_another_that_they_came_to_later() {
    let setting = Setting::new().await;
    let house = &setting.house;
    setting.sari_follows().await;
    let anna = house.user(ANNA).await;
    let other = home(house, &anna, setting.region.id).await;
    say_by_hand(house, &other, Word::On).await;
    setting.home_is(Word::Off).await;
    setting.region_is(Word::Off).await;
    join(house, &other, setting.sari.id).await;
    say_by_hand(house, &other, Word::Off).await;
    minutes(house, 1, &[]).await;
    setting.region_is(Word::On).await;
    say_by_hand(house, &other, Word::On).await;
    setting.home_is(Word::On).await;
    let told = subjects(house, &setting.sari);
    let of_other = told.iter().filter(|one| one.contains("Rumah Anna"));
    assert_eq!((told.len(), of_other.count()), (4, 2), "{told:?}");
}

#[tokio::test]
async fn who_follows_by_telegram_without_a_chat_hears_by_mail_from_their_home() {
    let setting = Setting::new().await;
    follow(
        &setting.house,
        &setting.sari,
        setting.region.id,
        &[Channel::Telegram],
    )
    .await;
    setting.region_is(Word::Off).await;
    setting.home_is(Word::Off).await;
    setting.assert_told(&[HOME_OFF]);
    // A chat that comes now is told of the end by the home as well, and not by the region.
    connect(&setting.house, &setting.sari, 100).await;
    setting.region_is(Word::On).await;
    setting.home_is(Word::On).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK]);
    assert_eq!(setting.house.bot.told(100).len(), 1);
}

#[tokio::test]
async fn a_chat_that_was_connected_when_the_region_had_been_told_had_no_news_of_it() {
    let setting = Setting::new().await;
    follow(
        &setting.house,
        &setting.sari,
        setting.region.id,
        &[Channel::Telegram],
    )
    .await;
    setting.region_is(Word::Off).await;
    setting.house.world.pass_seconds(60);
    connect(&setting.house, &setting.sari, 100).await;
    setting.home_is(Word::Off).await;
    setting.assert_told(&[HOME_OFF]);
    setting.home_is(Word::On).await;
    setting.region_is(Word::On).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK]);
    assert_eq!(setting.house.bot.told(100).len(), 2, "the same there");
}
