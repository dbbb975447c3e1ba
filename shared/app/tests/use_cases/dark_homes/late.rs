//! Who began to follow a region while it was dark hears of their home's outage from the home, and of nothing twice.

use kabar_domain::power::Word;

use crate::dark_homes::{HOME_BACK, HOME_OFF, REGION_BACK, REGION_OFF, Setting};

#[tokio::test]
async fn who_follows_after_the_region_was_told_hears_of_their_home_and_of_its_end_once() {
    for home_is_first in [true, false] {
        let setting = Setting::new().await;
        setting.region_is(Word::Off).await;
        setting.sari_follows().await;
        setting.home_is(Word::Off).await;
        setting.assert_told(&[HOME_OFF]);
        if home_is_first {
            setting.home_is(Word::On).await;
            setting.region_is(Word::On).await;
        } else {
            setting.region_is(Word::On).await;
            setting.assert_told(&[HOME_OFF]);
            setting.home_is(Word::On).await;
        }
        setting.assert_told(&[HOME_OFF, HOME_BACK]);
    }
}

#[tokio::test]
async fn who_follows_only_after_their_home_told_them_hears_of_the_end_from_it_alone() {
    let setting = Setting::new().await;
    setting.region_is(Word::Off).await;
    setting.home_is(Word::Off).await;
    setting.sari_follows().await;
    setting.region_is(Word::On).await;
    setting.home_is(Word::On).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK]);
}

#[tokio::test]
async fn who_had_the_region_s_news_hears_nothing_of_their_home() {
    let setting = Setting::new().await;
    setting.sari_follows().await;
    setting.region_is(Word::Off).await;
    setting.home_is(Word::Off).await;
    setting.home_is(Word::On).await;
    setting.home_is(Word::Off).await;
    setting.region_is(Word::On).await;
    setting.home_is(Word::On).await;
    setting.assert_told(&[REGION_OFF, REGION_BACK]);
}

#[tokio::test]
async fn a_late_follower_without_a_home_in_the_dark_hears_from_the_region_that_it_is_back() {
    let setting = Setting::new().await;
    setting.region_is(Word::Off).await;
    setting.sari_follows().await;
    setting.region_is(Word::On).await;
    setting.assert_told(&[REGION_BACK]);
}
