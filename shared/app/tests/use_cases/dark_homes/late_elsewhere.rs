//! Late followers who are told in Telegram too, left their home, or came as the news was on its way.

use kabar_domain::power::{Channel, Word};

use crate::{
    chats_common::{connect, follow},
    common::ANNA,
    dark_homes::{HOME_BACK, HOME_OFF, Setting},
    homes_common::{caller, join, subjects},
};

#[tokio::test]
async fn in_telegram_too_a_late_follower_hears_once_of_each() {
    let setting = Setting::new().await;
    connect(&setting.house, &setting.sari, 100).await;
    setting.region_is(Word::Off).await;
    setting.sari_follows().await;
    setting.home_is(Word::Off).await;
    assert_eq!(setting.house.bot.told(100).len(), 1);
    setting.region_is(Word::On).await;
    setting.home_is(Word::On).await;
    assert_eq!(setting.house.bot.told(100).len(), 2);
    setting.assert_told(&[HOME_OFF, HOME_BACK]);
}

#[tokio::test]
async fn who_left_the_home_in_the_dark_hears_from_the_region_that_it_is_back() {
    let setting = Setting::new().await;
    let house = &setting.house;
    let anna = house.user(ANNA).await;
    join(house, &setting.home, anna.id).await;
    setting.region_is(Word::Off).await;
    house.world.pass_seconds(60);
    house.follows(setting.region.id, &anna).await;
    setting.home_is(Word::Off).await;
    let caller = caller(house, anna.id);
    let left = house.app.remove_member(&caller, setting.home.id, anna.id);
    left.await.unwrap();
    setting.region_is(Word::On).await;
    setting.home_is(Word::On).await;
    let told = subjects(house, &anna);
    assert!(
        told.len() == 2 && told[1].starts_with("Power is back in Bandung"),
        "{told:?}"
    );
}

#[tokio::test]
async fn who_follows_between_the_cut_and_its_mail_is_late_and_told_by_one_of_both() {
    let setting = Setting::new().await;
    let house = &setting.house;
    connect(house, &setting.sari, 100).await;
    house.world.pass_seconds(60);
    house.say(setting.region.id, Word::Off).await;
    house.check().await;
    house.world.pass_seconds(1);
    let channels = [Channel::Email, Channel::Telegram];
    follow(house, &setting.sari, setting.region.id, &channels).await;
    house.settle().await;
    setting.home_is(Word::Off).await;
    setting.region_is(Word::On).await;
    setting.home_is(Word::On).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK]);
    assert_eq!(house.bot.told(100).len(), 2);
}
