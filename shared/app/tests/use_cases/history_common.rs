//! Places whose past is looked at.

use jiff::Timestamp;
use kabar_app::{Expected, power::RegionChange};
use kabar_domain::{
    Zone,
    ids::RegionId,
    power::{Figures, Period, Region, Statistics, Word},
};
use kabar_testkit::House;

/// What the clocks of a zone show, as an instant.
pub(crate) fn at(local: &str, zone: &str) -> Timestamp {
    let local: jiff::civil::DateTime = local.parse().unwrap();
    local.in_tz(zone).unwrap().timestamp()
}

/// A region in a zone, which has power from now on.
pub(crate) async fn lit_region(house: &House, zone: &str) -> Region {
    let region = house.region("Bandung").await;
    move_to(house, region.id, zone).await;
    says(house, region.id, Word::On).await;
    house.app.region(region.id).await.unwrap()
}

/// Gives a region another zone.
pub(crate) async fn move_to(house: &House, region: RegionId, zone: &str) {
    let change = RegionChange {
        zone: Some(Zone::parse(zone).unwrap()),
        ..RegionChange::default()
    };
    house
        .app
        .change_region(region, Expected::Any, change)
        .await
        .unwrap();
}

/// The operator says something, and it is told.
pub(crate) async fn says(house: &House, region: RegionId, word: Word) {
    house.say(region, word).await;
    house.check().await;
    house.drain().await;
}

/// The power goes at one time and comes back at another.
pub(crate) async fn cut_from_to(house: &House, region: RegionId, from: Timestamp, to: Timestamp) {
    for (time, word) in [(from, Word::Off), (to, Word::On)] {
        house.world.set(time);
        says(house, region, word).await;
    }
}

/// What became of a region.
pub(crate) async fn statistics(house: &House, region: RegionId, period: Period) -> Statistics {
    let of_region = house.app.region_statistics(region, period).await.unwrap();
    of_region.statistics
}

/// The hours without power in the last buckets, the newest last.
pub(crate) fn hours_off(statistics: &Statistics, last: usize) -> Vec<u64> {
    let buckets = &statistics.buckets[statistics.buckets.len() - last..];
    buckets
        .iter()
        .map(|bucket| {
            assert_eq!(bucket.figures.off_seconds % 3_600, 0, "{bucket:?}");
            bucket.figures.off_seconds / 3_600
        })
        .collect()
}

/// How many cuts began in the last buckets.
pub(crate) fn begun(statistics: &Statistics, last: usize) -> Vec<u32> {
    let buckets = &statistics.buckets[statistics.buckets.len() - last..];
    buckets.iter().map(|bucket| bucket.figures.outages).collect()
}

/// What one cut of so many hours comes to.
pub(crate) fn one_cut(hours: u64) -> Figures {
    let seconds = hours * 3_600;
    Figures {
        off_seconds: seconds,
        outages: 1,
        lasted: seconds,
        longest: seconds,
    }
}
