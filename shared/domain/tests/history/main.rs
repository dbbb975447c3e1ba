//! Years of random cuts around the world: whatever is counted in buckets adds up to what was cut.

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    Zone,
    power::{Cut, Period, buckets, count, total},
};
use proptest::prelude::*;

const ZONES: [&str; 8] = [
    "Asia/Jakarta",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
];

/// Cuts one after the other over more than a year, of a second up to weeks, at any part of a second.
fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    let gap = prop_oneof![1_i64..100_000_000, 100_000_000_i64..3_000_000_000];
    let lasts = prop_oneof![
        1_i64..10_000,
        10_000_i64..20_000_000,
        20_000_000_i64..2_000_000_000
    ];
    prop::collection::vec((gap, lasts), 1..60).prop_map(|pairs| {
        let mut at = Timestamp::from_second(1_760_000_000).unwrap();
        let mut cuts = Vec::new();
        for (gap, lasts) in pairs {
            let start = at + SignedDuration::from_millis(gap);
            at = start + SignedDuration::from_millis(lasts);
            cuts.push(Cut { start, end: at });
        }
        cuts
    })
}

proptest! {
    #[test]
    fn buckets_add_up_to_the_cuts(cuts in cuts(), now in 1_790_000_000_i64..1_830_000_000, zone in 0..ZONES.len()) {
        let (zone, now) = (Zone::parse(ZONES[zone]).unwrap(), Timestamp::from_second(now).unwrap());
        for period in Period::ALL {
            let starts = period.starts(now, &zone);
            let mut all = buckets(&starts, now);
            let seen: Vec<Cut> = cuts.iter().filter_map(|cut| cut.within(Timestamp::MIN, now)).collect();
            for cut in &seen {
                count(&mut all, cut);
            }
            let within = |cut: &&Cut| starts[0] <= cut.start;
            let sum = total(&all);
            let off: u64 = seen.iter().filter_map(|cut| cut.within(starts[0], now)).map(|cut| cut.seconds()).sum();
            prop_assert_eq!(sum.off_seconds, off);
            prop_assert_eq!(sum.outages as usize, seen.iter().filter(within).count());
            prop_assert_eq!(sum.lasted, seen.iter().filter(within).map(Cut::seconds).sum::<u64>());
            prop_assert_eq!(sum.longest, seen.iter().filter(within).map(Cut::seconds).max().unwrap_or(0));
            for bucket in &all {
                let whole = bucket.end.as_second() - bucket.start.as_second();
                prop_assert!(i64::try_from(bucket.figures.off_seconds).unwrap() <= whole);
            }
        }
    }
}
