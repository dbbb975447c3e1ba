//! The check of homes: silence, flapping lines, our own failures, and whoever dies on the way.

use jiff::SignedDuration;
use kabar_domain::{
    World,
    ids::RegionId,
    news::Kind,
    people::User,
    power::{Home, Outage, Place, Power, Says},
};
use kabar_store::{DUE_SHARDS, Window, power::OutageFilter};
use kabar_testkit::{House, dies_after, polls};

use crate::{
    common::{ANNA, JOHN, SARI},
    homes_common::{Device, beat, device, heartbeat, home, known, minutes, power},
};

struct Setting {
    house: House,
    sari: User,
    home: Home,
    device: Device,
    region: RegionId,
}

/// A home with a device that calls every minute and may be half a minute late; it has been heard.
async fn setting() -> Setting {
    let house = House::new().await;
    let region = house.region("Bandung").await.id;
    let sari = house.user(SARI).await;
    let home = home(&house, &sari, region).await;
    let device = device(&house, &home, heartbeat(60, 30)).await;
    minutes(&house, 3, &[&device]).await;
    Setting {
        house,
        sari,
        home,
        device,
        region,
    }
}

async fn outages(house: &House, home: &Home) -> Vec<Outage> {
    let filter = OutageFilter {
        place: Some(Place::Home(home.id)),
        ..OutageFilter::default()
    };
    let window = Window::first(50);
    house.app.grid.outages(&filter, &window).await.unwrap().entries
}

/// What was told, in the order of the kinds.
async fn kinds(house: &House) -> Vec<Kind> {
    let told = house.told().await;
    let is_told = |kind: &Kind| {
        told.iter()
            .filter(|told| told.notice.news.kind() == *kind)
            .count()
    };
    Kind::ALL
        .into_iter()
        .flat_map(|kind| vec![kind; is_told(&kind)])
        .collect()
}

#[tokio::test]
async fn silence_opens_one_outage_a_minute_after_its_time_at_the_latest_and_a_beat_ends_it() {
    let Setting {
        house, home, device, ..
    } = setting().await;
    let last = house.world.now();
    minutes(&house, 1, &[]).await;
    assert_eq!(power(&house, &home).await, Power::On);
    minutes(&house, 1, &[]).await;
    assert_eq!(
        power(&house, &home).await,
        Power::Off,
        "90 s and a step of the schedule"
    );
    minutes(&house, 60, &[]).await;
    let back = house.world.now() + SignedDuration::from_secs(60);
    minutes(&house, 10, &[&device]).await;
    let [outage] = outages(&house, &home).await.try_into().unwrap();
    assert_eq!(
        (outage.key.started_at, outage.ended_at),
        (last, Some(back)),
        "as it was heard"
    );
    assert_eq!(power(&house, &home).await, Power::On);
    house.settle().await;
}

#[tokio::test]
async fn a_home_that_lives_is_looked_at_when_its_time_is_over_and_not_with_every_beat() {
    let Setting { house, device, .. } = setting().await;
    let mut looks = 0;
    for _ in 0..60 {
        house.world.pass_seconds(60);
        beat(&house, &device, Says::Alive).await;
        looks += house.check().await.homes;
    }
    assert!(
        looks <= 60 / 2 + 1,
        "{looks} looks in an hour at a home whose patience is 90 s"
    );
}

#[tokio::test]
async fn a_check_with_nothing_due_reads_half_a_unit_of_each_shard_whatever_homes_there_are() {
    let Setting {
        house, sari, region, ..
    } = setting().await;
    for _ in 0..20 {
        let another = home(&house, &sari, region).await;
        let device = device(&house, &another, heartbeat(3_600, 600)).await;
        beat(&house, &device, Says::Alive).await;
    }
    house.check().await;
    house.world.pass_seconds(1);
    let _ = house.meter().take();
    assert_eq!(house.check().await.homes, 0);
    assert!(house.meter().take_total().read <= 0.5 * f64::from(DUE_SHARDS));
}

#[tokio::test]
async fn a_line_that_flips_twelve_times_in_ten_minutes_is_one_outage() {
    for by_word in [true, false] {
        let Setting {
            house, home, device, ..
        } = setting().await;
        for second in 0..600 {
            house.world.pass_seconds(1);
            let is_on = second / 50 % 2 == 1;
            match (by_word, second % 50 == 0) {
                (true, true) if is_on => beat(&house, &device, Says::On).await,
                (true, true) => beat(&house, &device, Says::Off).await,
                (false, _) if is_on && second % 10 == 0 => beat(&house, &device, Says::Alive).await,
                _ => {}
            }
            if second % 60 == 59 {
                house.check().await;
            }
        }
        let stays = house.world.now() - SignedDuration::from_secs(50);
        for _ in 0..10 {
            beat(&house, &device, Says::On).await;
            minutes(&house, 1, &[]).await;
        }
        let found = outages(&house, &home).await;
        assert!(found.len() <= 1, "by word {by_word}: {found:?}");
        if by_word {
            assert!(found[0].ended_at > Some(stays), "when it stayed");
            let once = [Kind::Outage, Kind::Restored, Kind::HomeOutage, Kind::HomeRestored];
            assert_eq!(kinds(&house).await, once);
        }
        assert_eq!(power(&house, &home).await, Power::On);
        house.settle().await;
    }
}

/// How many steps a check takes that finds the home silent.
async fn steps() -> u32 {
    let Setting { house, .. } = setting().await;
    house.world.pass_seconds(120);
    let (times, _) = polls(house.check()).await;
    house.settle().await;
    times
}

#[tokio::test]
async fn a_beat_in_the_deciding_second_wins() {
    let (mut won, mut late) = (0, 0);
    for after in 1..steps().await {
        let Setting {
            house, home, device, ..
        } = setting().await;
        house.world.pass_seconds(120);
        let before = known(&house, home.id).await.woken;
        let mut check = Box::pin(house.check());
        if dies_after(after, &mut check).await.is_some() {
            break;
        }
        // The check stands still in the middle, and the device is heard.
        beat(&house, &device, Says::Alive).await;
        check.await;
        let found = known(&house, home.id).await;
        // A beat that comes when the home is taken for dark already has its check look again.
        let was_late = found.woken > before;
        let expected = if was_late { Power::Off } else { Power::On };
        assert_eq!(found.status, expected, "heard after {after} steps");
        won += u32::from(!was_late);
        late += u32::from(was_late);
        house.settle().await;
    }
    assert!(won > 0 && late > 0, "{won} won, {late} were late");
}

#[tokio::test]
async fn a_checker_that_stood_still_for_ten_minutes_takes_nobody_for_silent() {
    let Setting {
        house, home, device, ..
    } = setting().await;
    // The device lives, and is not heard in the last moments before the checker is back.
    for _ in 0..9 {
        house.world.pass_seconds(60);
        beat(&house, &device, Says::Alive).await;
    }
    house.world.pass_seconds(100);
    house.check().await;
    assert_eq!(power(&house, &home).await, Power::On);
    minutes(&house, 10, &[&device]).await;
    assert!(outages(&house, &home).await.is_empty());
    minutes(&house, 5, &[]).await;
    assert_eq!(power(&house, &home).await, Power::Off, "silence counts again");
    house.settle().await;
}

#[tokio::test]
async fn an_intake_that_was_down_for_ten_minutes_takes_nobody_for_silent() {
    let Setting {
        house, home, device, ..
    } = setting().await;
    house.road.set_blocked(true);
    for _ in 0..10 {
        house.world.pass_seconds(60);
        beat(&house, &device, Says::Alive).await;
        assert!(house.check().await.is_intake_failing);
    }
    house.road.set_blocked(false);
    // The check is back first, and the device calls when its minute is over.
    house.world.pass_seconds(10);
    house.check().await;
    minutes(&house, 10, &[&device]).await;
    assert_eq!(power(&house, &home).await, Power::On);
    assert!(outages(&house, &home).await.is_empty() && kinds(&house).await.is_empty());
    minutes(&house, 5, &[]).await;
    assert_eq!(power(&house, &home).await, Power::Off, "silence counts again");
    house.settle().await;
}

#[tokio::test]
async fn half_of_the_known_homes_make_a_region_and_the_count_is_exact() {
    let Setting {
        house,
        home,
        device,
        region,
        ..
    } = setting().await;
    let (anna, john) = (house.user(ANNA).await, house.user(JOHN).await);
    let second = crate::homes_common::home(&house, &anna, region).await;
    let second = crate::homes_common::device(&house, &second, heartbeat(60, 30)).await;
    crate::homes_common::home(&house, &john, region).await;
    minutes(&house, 3, &[&device, &second]).await;
    let count = || async {
        let found = house.app.region(region).await.unwrap();
        (found.status, found.homes.on, found.homes.off, found.homes.unknown)
    };
    assert_eq!(count().await, (Power::On, 2, 0, 1));
    let last = house.world.now();
    minutes(&house, 3, &[&second]).await;
    assert_eq!(count().await, (Power::Off, 1, 1, 1), "one of two that are known");
    let found = house.app.region(region).await.unwrap();
    assert_eq!(found.since, last, "since its home was heard");
    minutes(&house, 3, &[&device, &second]).await;
    assert_eq!(count().await, (Power::On, 2, 0, 1));
    assert_eq!(power(&house, &home).await, Power::On);
    house.settle().await;
}

#[tokio::test]
async fn two_checks_at_once_turn_a_home_once() {
    let Setting {
        house,
        home,
        device,
        region,
        ..
    } = setting().await;
    house.world.pass_seconds(120);
    let (one, other) = tokio::join!(house.check(), house.check());
    assert_eq!(one.homes_turned + other.homes_turned, 1, "{one:?} {other:?}");
    minutes(&house, 3, &[&device]).await;
    assert_eq!(outages(&house, &home).await.len(), 1);
    let found = house.app.region(region).await.unwrap();
    assert_eq!((found.homes.on, found.homes.off), (1, 0));
    house.settle().await;
}

#[tokio::test]
async fn a_check_that_dies_anywhere_leaves_nothing_half_done_and_the_next_goes_on() {
    let times = steps().await;
    for after in 1..times {
        let Setting {
            house, home, region, ..
        } = setting().await;
        house.world.pass_seconds(120);
        dies_after(after, house.check()).await;
        house.check().await;
        let found = house.app.region(region).await.unwrap();
        assert_eq!(
            (found.homes.on, found.homes.off),
            (0, 1),
            "after {after} of {times}"
        );
        assert_eq!(found.status, Power::Off);
        assert_eq!(outages(&house, &home).await.len(), 1);
        house.settle().await;
        assert_eq!(kinds(&house).await, [Kind::Outage, Kind::HomeOutage]);
    }
}
