//! Checks that run twice, at once, or die where they stand: who is late is told once all the same.

use kabar_domain::{
    World,
    news::{Audience, Kind},
    power::Word,
};
use kabar_testkit::{dies_after, polls};

use crate::{
    dark_homes::{HOME_BACK, HOME_OFF, Setting},
    homes_common::say_by_hand,
};

/// Sari follows her region, which has been dark for minutes; her home has power still.
async fn late() -> Setting {
    let setting = Setting::new().await;
    setting.region_is(Word::Off).await;
    setting.sari_follows().await;
    setting
}

/// The home is said to be so, and a check dies after so many steps. What is queued is lost; then all goes on.
async fn dies_as_home_is(setting: &Setting, word: Word, steps: u32) {
    let house = &setting.house;
    house.world.pass_seconds(60);
    say_by_hand(house, &setting.home, word).await;
    let _ = dies_after(steps, house.checker.check(house.world.now())).await;
    house.queues.lose_all();
    house.world.pass_seconds(60);
    tokio::join!(house.check(), house.check());
    house.check().await;
    house.settle().await;
}

#[tokio::test]
async fn killed_at_any_moment_and_run_twice_each_is_told_once() {
    let setting = late().await;
    let house = &setting.house;
    say_by_hand(house, &setting.home, Word::Off).await;
    let (steps, checked) = polls(house.checker.check(house.world.now())).await;
    assert_eq!(checked.unwrap().homes_turned, 1);
    house.settle().await;
    assert!(steps > 8, "{steps}");
    for step in (1..=steps).step_by(3) {
        let setting = late().await;
        dies_as_home_is(&setting, Word::Off, step).await;
        setting.assert_told(&[HOME_OFF]);
        dies_as_home_is(&setting, Word::On, step).await;
        setting.region_is(Word::On).await;
        setting.assert_told(&[HOME_OFF, HOME_BACK]);
        let told = setting.house.told().await;
        let by_mail = told
            .iter()
            .filter(|told| matches!(told.notice.audience, Audience::Home { .. }));
        let kinds: Vec<Kind> = by_mail.map(|told| told.notice.news.kind()).collect();
        assert_eq!(
            kinds,
            [Kind::HomeOutage, Kind::HomeRestored],
            "after {step} steps"
        );
    }
}

#[tokio::test]
async fn a_region_that_comes_back_as_the_home_goes_dark_leaves_nobody_out() {
    let setting = late().await;
    let house = &setting.house;
    house.world.pass_seconds(60);
    say_by_hand(house, &setting.home, Word::Off).await;
    house.say(setting.region.id, Word::On).await;
    tokio::join!(house.check(), house.check());
    house.settle().await;
    setting.home_is(Word::On).await;
    setting.assert_told(&[HOME_OFF, HOME_BACK]);
}
