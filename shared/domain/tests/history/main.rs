//! Years of random cuts around the world: whatever is counted in buckets adds up to what was cut, and what is kept of days
//! comes to what the rows of a history do.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    Zone,
    ids::{HomeId, OutageId},
    power::{
        Cause, Cut, Kept, OutageKey, Period, Place, Power, Spell, Statistics, Transition, buckets, count,
        total,
    },
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

const HOME: Place = Place::Home(HomeId::from_bytes([1; 16]));

/// What a place came to be, one after the other, at any part of a second; at the end it is looked at.
fn histories() -> impl Strategy<Value = (Vec<Transition>, Timestamp)> {
    let lasts = prop_oneof![
        1_i64..10_000,
        10_000_i64..20_000_000,
        20_000_000_i64..5_000_000_000
    ];
    let steps = prop::collection::vec((lasts, 0..Power::ALL.len()), 2..80);
    steps.prop_map(|steps| {
        let mut at = Timestamp::from_second(1_760_000_000).unwrap();
        let (mut from, mut history) = (Power::Unknown, Vec::new());
        for (lasts, to) in steps {
            at += SignedDuration::from_millis(lasts);
            let to = Power::ALL[to];
            if to != from {
                history.push(Transition {
                    place: HOME,
                    from,
                    to,
                    at,
                    cause: Cause::Person,
                });
            }
            from = to;
        }
        (history, at + SignedDuration::from_millis(12_345))
    })
}

/// Counts each time of a history that is over, as the checks do; also returns what the place is now.
fn kept(history: &[Transition], now: Timestamp, zone: &Zone) -> (Kept, Option<Spell>) {
    let mut kept = Kept::default();
    let mut is = (Power::Unknown, Timestamp::UNIX_EPOCH);
    let mut outage = None;
    for one in history {
        if let Some(spell) = Spell::ended((one.to, one.at), is, outage) {
            kept.count(&spell, &spell.days(zone));
        }
        outage = match one.to {
            Power::On => None,
            Power::Off => outage.or(Some(OutageKey {
                place: HOME,
                started_at: one.at,
                id: OutageId::from_bytes([1; 16]),
            })),
            Power::Unknown => outage,
        };
        is = (one.to, one.at);
    }
    (kept, Spell::up_to(now, is, outage))
}

proptest! {
    #[test]
    fn what_is_kept_of_days_comes_to_what_the_history_does((history, now) in histories(), zone in 0..ZONES.len()) {
        let zone = Zone::parse(ZONES[zone]).unwrap();
        let (kept, current) = kept(&history, now, &zone);
        for period in [Period::Week, Period::Month, Period::Year] {
            let of_days = Statistics::of_days(period, &zone, now, &kept, current);
            prop_assert_eq!(&of_days, &Statistics::of_history(period, &zone, now, &history));
            // A period needs no row from before the last one that is older than it.
            let from = of_days.from;
            let before = history.partition_point(|one| one.at < from).saturating_sub(1);
            prop_assert_eq!(&of_days, &Statistics::of_history(period, &zone, now, &history[before..]));
            let known = u64::try_from(now.as_second() - from.as_second()).unwrap();
            prop_assert!(of_days.on_seconds + of_days.total().off_seconds <= known);
            prop_assert!(of_days.uptime_ratio().is_none_or(|ratio| (0.0..=1.0).contains(&ratio)));
        }
    }

    #[test]
    fn what_is_over_when_the_days_are_read_is_not_counted_as_what_is_now((history, now) in histories()) {
        let zone = Zone::parse(ZONES[0]).unwrap();
        let (all, _) = kept(&history, now, &zone);
        // The place was read before its last change, its days after it.
        let (_, before) = kept(&history[..history.len().saturating_sub(1)], now, &zone);
        let torn = Statistics::of_days(Period::Year, &zone, now, &all, before);
        let from = torn.from;
        let known = u64::try_from(now.as_second() - from.as_second()).unwrap();
        prop_assert!(torn.on_seconds + torn.total().off_seconds <= known, "nothing is counted twice");
    }

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
