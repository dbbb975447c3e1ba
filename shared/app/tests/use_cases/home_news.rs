//! Who hears of a home's outage, and that each hears once, whether from the home or from its region.

use kabar_domain::{
    news::Kind,
    people::User,
    power::{Home, Says, Word},
};
use kabar_testkit::House;

use crate::{
    common::{ANNA, JOHN, SARI},
    homes_common::{Device, beat, device, heartbeat, home, join, minutes, say_by_hand, subjects},
};

/// Two homes of a region: Sari's, of which Anna is a member, and John's. Sari and John follow the region.
struct Setting {
    house: House,
    sari: User,
    anna: User,
    john: User,
    homes: [Home; 2],
    devices: [Device; 2],
}

async fn setting() -> Setting {
    let house = House::new().await;
    let region = house.region("Bandung").await.id;
    let (sari, anna, john) = (
        house.user(SARI).await,
        house.user(ANNA).await,
        house.user(JOHN).await,
    );
    for follower in [&sari, &john] {
        house.follows(region, follower).await;
    }
    let homes = [
        home(&house, &sari, region).await,
        home(&house, &john, region).await,
    ];
    join(&house, &homes[0], anna.id).await;
    let devices = [
        device(&house, &homes[0], heartbeat(60, 30)).await,
        device(&house, &homes[1], heartbeat(60, 30)).await,
    ];
    minutes(&house, 3, &[&devices[0], &devices[1]]).await;
    Setting {
        house,
        sari,
        anna,
        john,
        homes,
        devices,
    }
}

/// Minutes in which the queues deliver nothing.
async fn untold_minutes(house: &House, minutes: u32, devices: &[&Device]) {
    for _ in 0..minutes {
        house.world.pass_seconds(60);
        for device in devices {
            beat(house, device, Says::Alive).await;
        }
        house.check().await;
    }
}

/// Adds homes that live, so that one that is silent is alone with it.
async fn neighbours(setting: &Setting) -> [Device; 2] {
    let region = setting.homes[0].region;
    let homes = [
        home(&setting.house, &setting.john, region).await,
        home(&setting.house, &setting.john, region).await,
    ];
    [
        device(&setting.house, &homes[0], heartbeat(60, 30)).await,
        device(&setting.house, &homes[1], heartbeat(60, 30)).await,
    ]
}

#[tokio::test]
async fn a_home_that_is_silent_alone_has_no_signal_and_its_people_hear_that_once() {
    let setting = setting().await;
    let Setting {
        house,
        sari,
        anna,
        john,
        devices: [first, second],
        ..
    } = &setting;
    let [third, fourth] = neighbours(&setting).await;
    minutes(house, 3, &[first, second, &third, &fourth]).await;
    minutes(house, 180, &[second, &third, &fourth]).await;
    minutes(house, 5, &[first, second, &third, &fourth]).await;
    house.settle().await;
    assert_eq!(
        subjects(house, sari),
        [
            "Tidak ada sinyal dari Rumah Sari",
            "Sinyal dari Rumah Sari kembali setelah 3 jam 1 menit"
        ]
    );
    assert_eq!(
        subjects(house, anna),
        [
            "No signal from Rumah Sari",
            "Rumah Sari is heard again after 3 hours 1 minute"
        ]
    );
    assert!(subjects(house, john).is_empty(), "it is not his");
}

#[tokio::test]
async fn what_was_said_outright_is_an_outage_and_no_lack_of_signal() {
    let setting = setting().await;
    let Setting {
        house,
        anna,
        homes: [first, _],
        devices,
        ..
    } = &setting;
    let [third, fourth] = neighbours(&setting).await;
    minutes(house, 3, &[&devices[0], &devices[1], &third, &fourth]).await;
    say_by_hand(house, first, Word::Off).await;
    minutes(house, 10, &[&devices[0], &devices[1], &third, &fourth]).await;
    say_by_hand(house, first, Word::On).await;
    minutes(house, 3, &[&devices[0], &devices[1], &third, &fourth]).await;
    house.settle().await;
    assert_eq!(
        subjects(house, anna),
        [
            "Power is out at Rumah Sari",
            "Power is back at Rumah Sari after 10 minutes"
        ]
    );
}

#[tokio::test]
async fn whoever_heard_from_their_home_does_not_hear_it_again_from_the_region() {
    let setting = setting().await;
    let Setting {
        house,
        sari,
        anna,
        john,
        devices: [first, second],
        ..
    } = &setting;
    // Sari's home falls silent and its people are told; with one of two homes off the region is off, and John is told.
    minutes(house, 10, &[second]).await;
    house.settle().await;
    assert_eq!(subjects(house, sari).len(), 1, "{:?}", subjects(house, sari));
    assert_eq!(subjects(house, anna), ["No signal from Rumah Sari"]);
    assert_eq!(subjects(house, john), ["Power is out in Bandung"]);
    // John's home falls silent as well, of which he knows.
    minutes(house, 50, &[]).await;
    house.settle().await;
    assert_eq!(subjects(house, john).len(), 1);
    minutes(house, 10, &[first, second]).await;
    house.settle().await;
    assert_eq!(subjects(house, sari).len(), 2, "{:?}", subjects(house, sari));
    assert!(subjects(house, sari)[1].starts_with("Sinyal dari Rumah Sari kembali"));
    assert!(subjects(house, anna)[1].starts_with("Rumah Sari is heard again after 1 hour"));
    let of_john = subjects(house, john);
    assert_eq!(of_john.len(), 2, "{of_john:?}");
    assert!(
        of_john[1].starts_with("Power is back in Bandung after 1 hour"),
        "{of_john:?}"
    );
}

#[tokio::test]
async fn while_the_region_is_out_members_who_do_not_follow_it_hear_from_their_home() {
    let setting = setting().await;
    let Setting {
        house,
        sari,
        anna,
        john,
        homes,
        devices: [first, second],
    } = &setting;
    house.say(homes[0].region, Word::Off).await;
    minutes(house, 1, &[first, second]).await;
    minutes(house, 30, &[]).await;
    house.settle().await;
    assert_eq!(subjects(house, sari), ["Listrik padam di Bandung"]);
    assert_eq!(subjects(house, john), ["Power is out in Bandung"]);
    assert_eq!(
        subjects(house, anna),
        ["Power is out at Rumah Sari"],
        "no mere lack of signal"
    );
    house.say(homes[0].region, Word::On).await;
    minutes(house, 10, &[first, second]).await;
    house.settle().await;
    for (person, mails) in [(sari, 2), (john, 2), (anna, 2)] {
        assert_eq!(
            subjects(house, person).len(),
            mails,
            "{:?}",
            subjects(house, person)
        );
    }
}

#[tokio::test]
async fn a_member_who_left_before_the_mail_went_is_not_told() {
    let setting = setting().await;
    let Setting {
        house,
        anna,
        homes: [first, _],
        devices: [_, second],
        ..
    } = &setting;
    untold_minutes(house, 3, &[second]).await;
    let anna_calls = crate::homes_common::caller(house, anna.id);
    house
        .app
        .remove_member(&anna_calls, first.id, anna.id)
        .await
        .unwrap();
    house.settle().await;
    assert!(subjects(house, anna).is_empty());
}

#[tokio::test]
async fn an_outage_that_is_over_before_it_was_told_is_told_as_over_at_most() {
    let setting = setting().await;
    let Setting {
        house,
        anna,
        devices: [first, second],
        ..
    } = &setting;
    beat(house, first, Says::Off).await;
    house.world.pass_seconds(30);
    house.check().await;
    house.world.pass_seconds(10);
    beat(house, first, Says::On).await;
    untold_minutes(house, 5, &[second]).await;
    house.settle().await;
    let told = house.told().await;
    let kinds: Vec<Kind> = told.iter().map(|told| told.notice.news.kind()).collect();
    assert!(
        kinds.contains(&Kind::HomeOutage) && kinds.contains(&Kind::HomeRestored),
        "{kinds:?}"
    );
    assert!(
        !subjects(house, anna)
            .iter()
            .any(|subject| subject.starts_with("Power is out"))
    );
}
