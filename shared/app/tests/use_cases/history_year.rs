//! More than a year of random cuts of a region and its homes: whatever statistics show adds up to the outages there were.

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    World,
    people::{Caller, Role},
    power::{Cut, Figures, Home, Interruptions, Outage, Period, Place, Region, Statistics, Word, total},
};
use kabar_store::{Window, power::OutageFilter};
use kabar_testkit::House;

use crate::{
    common::SARI,
    history_common::move_to,
    homes_common::{home, say_by_hand},
};

const HOMES: usize = 6;
/// What is said at random moments of sixteen months.
const WORDS: usize = 150;
const LONGEST_S: usize = 2 * 24 * 3_600 * 480 / WORDS;

struct Town {
    house: House,
    staff: Caller,
    region: Region,
    homes: Vec<Home>,
}

impl Town {
    async fn new(seed: u64, zone: &str) -> Self {
        let house = House::with_seed(seed).await;
        let region = house.region("Bandung").await;
        move_to(&house, region.id, zone).await;
        let region = house.app.region(region.id).await.unwrap();
        let owner = house.user(SARI).await;
        let mut homes = Vec::new();
        for _ in 0..HOMES {
            homes.push(home(&house, &owner, region.id).await);
        }
        Self {
            staff: house.caller(&[Role::Admin]),
            house,
            region,
            homes,
        }
    }

    /// Somebody says something of a home, or the operator of the region; the check runs, at times twice at once.
    async fn something_is_said(&self) {
        let house = &self.house;
        // Some cuts are momentary.
        let longest = [LONGEST_S, LONGEST_S, 600][house.world.below(3)];
        let millis = i64::try_from(house.world.below(longest * 1_000)).unwrap();
        house.world.pass(SignedDuration::from_millis(millis + 1));
        let word = [Word::On, Word::Off, Word::Off, Word::On, Word::Auto][house.world.below(5)];
        match house.world.below(HOMES + 2) {
            one if one < HOMES => say_by_hand(house, &self.homes[one], word).await,
            _ => house.say(self.region.id, word).await,
        }
        match house.world.below(4) {
            0 => drop(tokio::join!(house.check(), house.check())),
            _ => drop(house.check().await),
        }
        house.drain().await;
    }

    async fn outages(&self, place: Place) -> Vec<Outage> {
        let filter = OutageFilter {
            place: Some(place),
            ..OutageFilter::default()
        };
        let window = Window::first(1_000);
        let found = self.house.app.outages(Some(&self.staff), &filter, &window).await;
        found.unwrap().map(|told| told.outage).entries
    }

    /// Holds what is shown of a place to its outages, one by one.
    async fn assert_adds_up(&self, place: Place, shown: &Statistics, now: Timestamp) {
        let from = shown.from;
        assert_eq!(shown.to, now);
        let mut expected = Figures::default();
        for outage in self.outages(place).await {
            let (start, end) = (outage.key.started_at, outage.ended_at.unwrap_or(now));
            let cut = Cut { start, end };
            expected.off_seconds += cut.within(from, now).map_or(0, |part| part.seconds());
            if from <= start {
                expected.outages += 1;
                expected.lasted += cut.seconds();
                expected.longest = expected.longest.max(cut.seconds());
            }
        }
        assert_eq!(shown.total(), expected, "{place:?} {:?}", shown.period);
        assert_eq!(total(&shown.buckets), expected);
        let length = u64::try_from(now.as_second() - from.as_second()).unwrap();
        assert!(shown.on_seconds + expected.off_seconds <= length, "{place:?}");
    }

    /// Holds the region's indices to the outages of its homes, one by one.
    async fn assert_indices(&self, period: Period, from: Timestamp) {
        let mut expected = Interruptions::default();
        for home in &self.homes {
            for outage in self.outages(Place::Home(home.id)).await {
                if let Some(end) = outage.ended_at
                    && from <= outage.key.started_at
                {
                    expected.add(1, end.duration_since(outage.key.started_at));
                }
            }
        }
        let found = self
            .house
            .app
            .region_statistics(self.region.id, period)
            .await
            .unwrap();
        let homes = u32::try_from(HOMES).unwrap();
        assert_eq!(found.indices, expected.indices(homes), "{period:?}");
    }

    async fn assert_all(&self) {
        // What begins now has not been yet.
        self.house.world.pass_seconds(1);
        let (app, now) = (&self.house.app, self.house.world.now());
        for period in Period::ALL {
            let of_region = app
                .region_statistics(self.region.id, period)
                .await
                .unwrap()
                .statistics;
            let from = of_region.from;
            self.assert_adds_up(Place::Region(self.region.id), &of_region, now)
                .await;
            for home in &self.homes {
                let of_home = app.home_statistics(&self.staff, home.id, period).await.unwrap();
                self.assert_adds_up(Place::Home(home.id), &of_home, now).await;
            }
            self.assert_indices(period, from).await;
        }
    }
}

async fn check(seed: u64, zone: &str) {
    let town = Town::new(seed, zone).await;
    for said in 0..WORDS {
        town.something_is_said().await;
        if said % 50 == 49 {
            town.assert_all().await;
        }
    }
    let outages = town.outages(Place::Region(town.region.id)).await;
    assert!(outages.len() >= 5, "only {} cuts of the region", outages.len());
    town.house.settle().await;
}

#[tokio::test]
async fn sixteen_months_of_random_cuts_in_jakarta_add_up() {
    check(1, "Asia/Jakarta").await;
}

#[tokio::test]
async fn sixteen_months_of_random_cuts_in_a_zone_with_summer_time_add_up() {
    check(2, "America/Santiago").await;
}
