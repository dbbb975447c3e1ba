//! What the cuts of its homes are to a region (IEEE 1366), by hand, and what statistics cost.

use jiff::SignedDuration;
use kabar_domain::{
    people::{Role, User},
    power::{Home, Indices, Period, Region, Word},
};
use kabar_store::{Window, power::Range};
use kabar_testkit::{House, dies_after};

use crate::{
    common::SARI,
    homes_common::{caller, home, say_by_hand},
};

/// A region with so many homes of one person, all of which have power.
async fn region_of(house: &House, count: usize) -> (Region, Vec<Home>) {
    let region = house.region("Bandung").await;
    let owner: User = house.user(SARI).await;
    let mut homes = Vec::new();
    for _ in 0..count {
        homes.push(home(house, &owner, region.id).await);
    }
    for home in &homes {
        say_by_hand(house, home, Word::On).await;
    }
    house.check().await;
    (region, homes)
}

/// Cuts these homes for so long.
async fn cut(house: &House, homes: &[Home], minutes: i64) {
    for word in [Word::Off, Word::On] {
        for home in homes {
            say_by_hand(house, home, word).await;
        }
        house.check().await;
        house.drain().await;
        if word == Word::Off {
            house.world.pass_seconds(60 * minutes);
        }
    }
}

async fn indices(house: &House, region: &Region, period: Period) -> Option<Indices> {
    let found = house.app.region_statistics(region.id, period).await.unwrap();
    found.indices
}

#[tokio::test]
async fn indices_of_five_homes_are_those_that_a_hand_comes_to() {
    let house = House::new().await;
    let (region, homes) = region_of(&house, 5).await;
    for period in Period::ALL {
        let quiet = indices(&house, &region, period).await.unwrap();
        assert_eq!(
            (quiet.saidi, quiet.saifi, quiet.caidi, quiet.maifi),
            (0.0, 0.0, None, 0.0)
        );
    }
    // Four sustained interruptions of 2 × 60 + 1 × 30 + 1 × 90 = 240 minutes; three momentary ones.
    cut(&house, &homes[..2], 60).await;
    cut(&house, &homes[2..3], 30).await;
    cut(&house, &homes[..1], 90).await;
    cut(&house, &homes[..2], 5).await;
    cut(&house, &homes[4..], 1).await;
    let expected = Indices {
        saidi: 48.0,
        saifi: 0.8,
        caidi: Some(60.0),
        maifi: 0.6,
    };
    for period in Period::ALL {
        assert_eq!(
            indices(&house, &region, period).await,
            Some(expected),
            "{period:?}"
        );
    }
    // One that lasts is counted when it is over, all of it on the day when it began.
    say_by_hand(&house, &homes[3], Word::Off).await;
    house.check().await;
    house.world.pass(SignedDuration::from_hours(50));
    for period in [Period::Week, Period::Year] {
        assert_eq!(
            indices(&house, &region, period).await,
            Some(expected),
            "{period:?}"
        );
    }
    assert_eq!(indices(&house, &region, Period::Day).await.unwrap().saifi, 0.0);
    say_by_hand(&house, &homes[3], Word::On).await;
    house.check().await;
    let week = indices(&house, &region, Period::Week).await.unwrap();
    assert_eq!((week.saifi, week.saidi), (1.0, 48.0 + 10.0 * 60.0));
    let day = indices(&house, &region, Period::Day).await.unwrap();
    assert_eq!((day.saifi, day.maifi), (0.0, 0.0), "it began before");
    house.settle().await;
}

#[tokio::test]
async fn indices_of_four_homes_would_tell_of_somebody_s_home_and_are_not_told() {
    let house = House::new().await;
    let (region, homes) = region_of(&house, 4).await;
    cut(&house, &homes[..1], 60).await;
    for period in Period::ALL {
        assert_eq!(indices(&house, &region, period).await, None, "{period:?}");
    }
    let fifth = house.user(crate::common::ANNA).await;
    home(&house, &fifth, region.id).await;
    assert_eq!(indices(&house, &region, Period::Week).await.unwrap().saifi, 0.2);
    house.settle().await;
}

#[tokio::test]
async fn an_interruption_whose_check_is_killed_or_runs_twice_is_counted_once() {
    for moments in (0..120).step_by(8) {
        let house = House::new().await;
        let (region, homes) = region_of(&house, 5).await;
        say_by_hand(&house, &homes[0], Word::Off).await;
        house.check().await;
        house.world.pass_seconds(3_600);
        say_by_hand(&house, &homes[0], Word::On).await;
        dies_after(
            moments,
            house.checker.check(kabar_domain::World::now(&*house.world)),
        )
        .await;
        tokio::join!(house.check(), house.check());
        for period in [Period::Day, Period::Week] {
            let found = indices(&house, &region, period).await.unwrap();
            assert_eq!(
                (found.saifi, found.saidi),
                (0.2, 12.0),
                "killed after {moments} polls"
            );
        }
        let owner = caller(&house, homes[0].owner);
        let own = house.app.home_statistics(&owner, homes[0].id, Period::Week).await;
        assert_eq!(
            own.unwrap().total().off_seconds,
            3_600,
            "killed after {moments} polls"
        );
        house.settle().await;
    }
}

#[tokio::test]
async fn a_year_is_read_in_two_requests_and_a_day_of_a_region_in_three() {
    let house = House::new().await;
    let (region, homes) = region_of(&house, 5).await;
    let staff = house.caller(&[Role::Admin]);
    // Fourteen months in which the operator cuts the region twice a month, and a home is cut as often.
    for _ in 0..28 {
        for word in [Word::Off, Word::On] {
            house.world.pass(SignedDuration::from_hours(15 * 12));
            house.say(region.id, word).await;
            say_by_hand(&house, &homes[0], word).await;
            house.check().await;
            house.drain().await;
        }
    }
    let _ = house.meter().take();
    for (period, of_home, of_region) in [
        (Period::Day, (2, 2.0), (3, 3.0)),
        (Period::Week, (2, 2.0), (2, 2.0)),
        (Period::Month, (2, 3.0), (2, 3.0)),
        (Period::Year, (2, 5.0), (2, 5.0)),
    ] {
        house
            .app
            .home_statistics(&staff, homes[0].id, period)
            .await
            .unwrap();
        let used = house.meter().take_total();
        assert!(
            used.requests <= of_home.0 && used.read <= of_home.1 && used.write < 0.1,
            "a home's {period:?}: {used}"
        );
        let found = house.app.region_statistics(region.id, period).await.unwrap();
        let used = house.meter().take_total();
        assert!(found.indices.is_some() && found.statistics.uptime_ratio().is_some());
        assert!(
            used.requests <= of_region.0 && used.read <= of_region.1 && used.write < 0.1,
            "a region's {period:?}: {used}"
        );
    }
    let window = Window::first(50);
    let rows = house
        .app
        .region_history(region.id, &Range::default(), &window)
        .await;
    let used = house.meter().take_total();
    assert_eq!(rows.unwrap().entries.len(), 50);
    assert!(used.requests <= 2 && used.read <= 3.0, "a list of fifty: {used}");
    house.settle().await;
}
