//! A home that moves to another region in the dark: its people hear once that its power is back, and nobody twice.

use kabar_app::{Expected, power::HomeChange};
use kabar_domain::{ids::RegionId, power::Word};

use crate::{
    dark_homes::{HOME_BACK, HOME_OFF, REGION_BACK, REGION_OFF, Setting},
    homes_common::caller,
};

/// A minute later Sari's home lies in another region.
async fn move_to(setting: &Setting, region: RegionId) {
    let house = &setting.house;
    house.world.pass_seconds(60);
    let change = HomeChange {
        region: Some(region),
        ..HomeChange::default()
    };
    let caller = caller(house, setting.sari.id);
    let moved = house
        .app
        .change_home(&caller, setting.home.id, Expected::Any, change);
    moved.await.unwrap();
}

#[tokio::test]
async fn who_was_told_by_their_home_is_told_the_end_though_it_lies_in_a_region_that_they_follow() {
    let setting = Setting::new().await;
    let house = &setting.house;
    let bogor = house.region("Bogor").await;
    house.follows(bogor.id, &setting.sari).await;
    setting.region_is(Word::Off).await;
    setting.home_is(Word::Off).await;
    setting.assert_told(&[HOME_OFF]);
    move_to(&setting, bogor.id).await;
    setting.home_is(Word::On).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK]);
    setting.region_is(Word::On).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK]);
}

#[tokio::test]
async fn who_was_told_by_the_region_is_told_the_end_by_it_alone() {
    let setting = Setting::new().await;
    let bogor = setting.house.region("Bogor").await;
    setting.sari_follows().await;
    setting.region_is(Word::Off).await;
    setting.home_is(Word::Off).await;
    move_to(&setting, bogor.id).await;
    setting.home_is(Word::On).await;
    setting.assert_told(&[REGION_OFF]);
    setting.region_is(Word::On).await;
    setting.assert_told(&[REGION_OFF, REGION_BACK]);
}

#[tokio::test]
async fn a_late_follower_whose_home_moved_is_told_the_end_by_the_home_alone() {
    let setting = Setting::new().await;
    let bogor = setting.house.region("Bogor").await;
    setting.region_is(Word::Off).await;
    setting.sari_follows().await;
    setting.home_is(Word::Off).await;
    move_to(&setting, bogor.id).await;
    setting.region_is(Word::On).await;
    setting.home_is(Word::On).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK]);
}

#[tokio::test]
async fn who_heard_from_the_home_before_the_region_does_not_hear_of_it_when_the_home_has_moved() {
    let setting = Setting::new().await;
    let bogor = setting.house.region("Bogor").await;
    setting.sari_follows().await;
    setting.home_is(Word::Off).await;
    setting.region_is(Word::Off).await;
    move_to(&setting, bogor.id).await;
    setting.region_is(Word::On).await;
    setting.home_is(Word::On).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK]);
    // The next outage there is nothing to the home any more.
    setting.region_is(Word::Off).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK, REGION_OFF]);
}
