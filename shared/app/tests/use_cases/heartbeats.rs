//! Devices that call: what is stored, what it costs, and who is nobody.

use kabar_app::{
    Expected, Failure,
    power::{DetectorChange, NewDetector},
};
use kabar_domain::{
    World,
    power::{Beat, Means, Power, Says, Thresholds},
};
use kabar_testkit::House;

use crate::{
    common::SARI,
    homes_common::{Device, beat, caller, device, heartbeat, home, known, minutes, power},
};

struct Place {
    house: House,
    home: kabar_domain::power::Home,
    device: Device,
}

async fn place() -> Place {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = house.user(SARI).await;
    let home = home(&house, &sari, region.id).await;
    let device = device(&house, &home, heartbeat(60, 30)).await;
    Place { house, home, device }
}

async fn heard(place: &Place) -> Beat {
    let read = place.house.app.grid.home(place.home.id).await.unwrap().unwrap();
    read.beats[&place.device.id]
}

#[tokio::test]
async fn a_beat_is_one_write_unit_and_one_request() {
    let place = place().await;
    minutes(&place.house, 1, &[&place.device]).await;
    assert_eq!(power(&place.house, &place.home).await, Power::On);
    for _ in 0..3 {
        place.house.world.pass_seconds(60);
        let _ = place.house.meter().take();
        beat(&place.house, &place.device, Says::Alive).await;
        let used = place.house.meter().take_total();
        assert_eq!((used.requests, used.read, used.write), (1, 0.0, 1.0));
    }
}

#[tokio::test]
async fn a_key_is_good_in_every_bit_or_not_at_all() {
    let Place { house, device, .. } = place().await;
    let key = &device.key;
    assert_eq!(key.len(), 64);
    let flipped = |at: usize| {
        let mut bytes = key.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    let mut wrong: Vec<String> = (0..key.len()).map(flipped).collect();
    wrong.extend([
        String::new(),
        "x".to_owned(),
        format!("{key}="),
        format!("{key}A"),
        key[..63].to_owned(),
    ]);
    for key in wrong {
        for says in [Says::Alive, Says::On, Says::Off] {
            assert!(
                matches!(house.app.ping(&key, says).await, Err(Failure::NotFound)),
                "{key}"
            );
        }
    }
    house.app.ping(key, Says::Alive).await.unwrap();
}

#[tokio::test]
async fn another_key_ends_the_one_before_and_a_removed_detector_has_none() {
    let Place { house, home, device } = place().await;
    let owner = caller(&house, home.owner);
    let new = house
        .app
        .replace_key(&owner, home.id, device.id)
        .await
        .unwrap()
        .key
        .unwrap();
    assert!(matches!(
        house.app.ping(&device.key, Says::Alive).await,
        Err(Failure::NotFound)
    ));
    house.app.ping(&new, Says::Alive).await.unwrap();
    house
        .app
        .remove_detector(&owner, home.id, device.id, Expected::Any)
        .await
        .unwrap();
    assert!(matches!(
        house.app.ping(&new, Says::Alive).await,
        Err(Failure::NotFound)
    ));
}

#[tokio::test]
async fn what_comes_late_or_again_moves_no_time_back() {
    let place = place().await;
    let Place { house, device, .. } = &place;
    beat(house, device, Says::Alive).await;
    let first = house.world.now();
    house.world.pass_seconds(60);
    let now = house.world.now();
    beat(house, device, Says::Alive).await;
    // Another of our machines, whose clock is behind, hears the first one again.
    for (at, says) in [(first, Says::Alive), (first, Says::Off), (now, Says::Alive)] {
        house.world.set(at);
        beat(house, device, says).await;
        house.world.set(now);
        let expected = Beat {
            at: now,
            says: Says::Alive,
            on_since: Some(first),
        };
        assert_eq!(heard(&place).await, expected);
    }
}

#[tokio::test]
async fn two_devices_of_a_home_are_told_apart_and_one_that_lives_is_enough() {
    let Place {
        house,
        home,
        device: router,
    } = place().await;
    let fridge = device(&house, &home, heartbeat(60, 30)).await;
    minutes(&house, 5, &[&router, &fridge]).await;
    minutes(&house, 5, &[&fridge]).await;
    assert_eq!(power(&house, &home).await, Power::On);
    minutes(&house, 5, &[]).await;
    assert_eq!(power(&house, &home).await, Power::Off);
    let last = known(&house, home.id).await;
    assert_eq!(last.last_seen, Some(last.since), "since the fridge was heard");
    minutes(&house, 5, &[&router]).await;
    assert_eq!(power(&house, &home).await, Power::On);
    house.settle().await;
}

#[tokio::test]
async fn what_a_device_says_outright_is_looked_at_with_the_next_check() {
    let Place { house, home, device } = place().await;
    minutes(&house, 1, &[&device]).await;
    house.world.pass_seconds(5);
    let said_at = house.world.now();
    beat(&house, &device, Says::Off).await;
    house.world.pass_seconds(5);
    house.check().await;
    let found = known(&house, home.id).await;
    assert_eq!((found.status, found.since), (Power::Off, said_at));
    // It is on a battery: silence says nothing of it.
    minutes(&house, 60, &[]).await;
    assert_eq!(power(&house, &home).await, Power::Off);
    beat(&house, &device, Says::On).await;
    minutes(&house, 60, &[]).await;
    assert_eq!(power(&house, &home).await, Power::On);
    house.settle().await;
}

#[tokio::test]
async fn a_detector_is_changed_as_it_was_read_and_stays_of_its_kind() {
    let Place { house, home, device } = place().await;
    let owner = caller(&house, home.owner);
    let change = |change: DetectorChange, expected| {
        let (house, owner) = (&house, &owner);
        async move {
            house
                .app
                .change_detector(owner, home.id, device.id, expected, change)
                .await
        }
    };
    let slower = DetectorChange {
        period_s: Some(300),
        misses: Some(3),
        ..DetectorChange::default()
    };
    let (_, changed) = change(slower.clone(), Expected::Version(1)).await.unwrap();
    let means = Means::Heartbeat {
        period_s: 300,
        grace_s: 30,
    };
    assert_eq!(
        (&changed.means, changed.thresholds.misses, changed.version),
        (&means, 3, 2)
    );
    assert!(matches!(
        change(slower, Expected::Version(1)).await,
        Err(Failure::Changed)
    ));
    let another = DetectorChange {
        kind: Some("manual"),
        ..DetectorChange::default()
    };
    assert!(matches!(
        change(another, Expected::Any).await,
        Err(Failure::Invalid(_))
    ));
    let manual = NewDetector {
        name: String::new(),
        means: Means::Manual { said: None },
        thresholds: Thresholds::default(),
    };
    let made = house
        .app
        .add_detector(&owner, home.id, manual.clone())
        .await
        .unwrap();
    assert!(made.key.is_none(), "it does not call");
    let second = house.app.add_detector(&owner, home.id, manual).await;
    assert!(matches!(second, Err(Failure::Conflict(_))));
    let no_key = house.app.replace_key(&owner, home.id, made.detector.id).await;
    assert!(matches!(no_key, Err(Failure::Conflict(_))));
}
