use super::*;
use crate::{
    Zone,
    ids::{HomeId, RegionId, UserId},
    power::{Detector, SaidByHand, Thresholds},
};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn id(n: u8) -> DetectorId {
    DetectorId::from_bytes([n; 16])
}

fn detector(n: u8, means: Means) -> Detector {
    Detector {
        id: id(n),
        name: String::new(),
        means,
        thresholds: Thresholds::default(),
        version: 1,
    }
}

/// Calls every minute, and may be half a minute late.
fn heartbeat(n: u8) -> Detector {
    let means = Means::Heartbeat {
        period_s: 60,
        grace_s: 30,
    };
    detector(n, means)
}

fn home(status: Power, since: i64, detectors: Vec<Detector>) -> Home {
    let id = HomeId::from_bytes([1; 16]);
    let (owner, region) = (UserId::from_bytes([2; 16]), RegionId::from_bytes([3; 16]));
    Home {
        status,
        since: at(since),
        detectors,
        ..Home::new(id, owner, "Rumah".into(), region, Zone::utc(), at(0))
    }
}

fn beat(second: i64, says: Says, on_since: i64) -> Beat {
    let on_since = (says != Says::Off).then(|| at(on_since));
    Beat {
        at: at(second),
        says,
        on_since,
    }
}

/// As of a second to which the intake has been well all along.
fn check(home: &Home, beats: &[(u8, Beat)], now: i64) -> (Power, i64, Option<i64>) {
    let intake = Intake {
        since: at(0),
        until: at(now),
    };
    let beats = beats.iter().map(|(n, beat)| (id(*n), *beat)).collect();
    let verdict = verdict(home, &beats, &HashMap::new(), Some(intake), at(now));
    (
        verdict.status,
        verdict.since.as_second(),
        verdict.next.map(Timestamp::as_second),
    )
}

#[test]
fn silence_is_a_miss_after_period_and_grace_and_not_before() {
    let home = home(Power::On, 0, vec![heartbeat(1)]);
    let last = [(1, beat(1_000, Says::Alive, 0))];
    assert_eq!(check(&home, &last, 1_030), (Power::On, 0, Some(1_090)));
    assert_eq!(check(&home, &last, 1_089), (Power::On, 0, Some(1_149)));
    assert_eq!(check(&home, &last, 1_090), (Power::Off, 1_000, None));
}

#[test]
fn three_misses_take_three_periods_and_one_grace() {
    let mut patient = heartbeat(1);
    patient.thresholds.misses = 3;
    let home = home(Power::On, 0, vec![patient]);
    let last = [(1, beat(1_000, Says::Alive, 0))];
    assert_eq!(check(&home, &last, 1_209).0, Power::On);
    assert_eq!(check(&home, &last, 1_210).0, Power::Off);
}

#[test]
fn silence_counts_only_while_the_intake_is_known_to_be_well() {
    let home = home(Power::On, 0, vec![heartbeat(1)]);
    let beats = [(id(1), beat(1_000, Says::Alive, 0))].into();
    let judge = |intake: Option<(i64, i64)>, now| {
        let intake = intake.map(|(since, until)| Intake {
            since: at(since),
            until: at(until),
        });
        verdict(&home, &beats, &HashMap::new(), intake, at(now))
    };
    assert_eq!(judge(None, 5_000).status, Power::On, "nobody knows");
    assert_eq!(
        judge(None, 5_000).next,
        Some(at(5_060)),
        "so it is looked at again"
    );
    assert_eq!(judge(Some((0, 1_020)), 5_000).status, Power::On, "it broke");
    let back = judge(Some((5_000, 5_000)), 5_000);
    assert_eq!(
        (back.status, back.next),
        (Power::On, Some(at(5_090))),
        "it is back"
    );
    let silent = judge(Some((5_000, 5_090)), 5_090);
    assert_eq!((silent.status, silent.since), (Power::Off, at(1_000)));
}

#[test]
fn one_device_that_lives_outranks_all_that_are_silent() {
    let home = home(Power::On, 0, vec![heartbeat(1), heartbeat(2)]);
    let beats = [(1, beat(100, Says::Alive, 0)), (2, beat(1_000, Says::Alive, 0))];
    assert_eq!(check(&home, &beats, 1_010).0, Power::On);
    assert_eq!(
        check(&home, &beats, 1_090),
        (Power::Off, 1_000, None),
        "the last sign of life"
    );
}

#[test]
fn what_a_device_says_outright_outranks_silence_and_life_the_newest_first() {
    let home = home(Power::On, 0, vec![heartbeat(1), heartbeat(2)]);
    let off = (1, beat(1_000, Says::Off, 0));
    assert_eq!(check(&home, &[off], 1_000), (Power::Off, 1_000, None));
    let lives = (2, beat(1_001, Says::Alive, 0));
    assert_eq!(check(&home, &[off, lives], 1_001).0, Power::Off);
    let on = (2, beat(1_002, Says::On, 1_002));
    assert_eq!(
        check(&home, &[off, on], 9_000),
        (Power::On, 0, None),
        "whatever the silence"
    );
}

#[test]
fn what_is_said_by_hand_outranks_devices_until_it_is_taken_back() {
    let said = SaidByHand {
        power: Power::Off,
        at: at(500),
    };
    let by_hand = |said| detector(9, Means::Manual { said });
    let lives = [(1, beat(1_000, Says::Alive, 0))];
    let lit = home(Power::On, 0, vec![heartbeat(1), by_hand(Some(said))]);
    assert_eq!(check(&lit, &lives, 1_000), (Power::Off, 500, None));
    let dark = home(Power::Off, 500, vec![heartbeat(1), by_hand(None)]);
    assert_eq!(
        check(&dark, &lives, 1_000),
        (Power::On, 1_000, Some(1_090)),
        "since now"
    );
}

#[test]
fn power_that_went_has_to_stay_for_a_while_before_it_is_back() {
    let home = home(Power::Off, 0, vec![heartbeat(1)]);
    let beats = [(1, beat(1_000, Says::Alive, 1_000))];
    assert_eq!(check(&home, &beats, 1_000), (Power::Off, 0, Some(1_090)));
    let beats = [(1, beat(1_060, Says::Alive, 1_000))];
    assert_eq!(check(&home, &beats, 1_060), (Power::Off, 0, Some(1_120)));
    let beats = [(1, beat(1_120, Says::Alive, 1_000))];
    assert_eq!(check(&home, &beats, 1_120), (Power::On, 1_000, Some(1_210)));
    let said = [(1, beat(1_000, Says::On, 1_000))];
    assert_eq!(check(&home, &said, 1_119), (Power::Off, 0, Some(1_120)));
    assert_eq!(check(&home, &said, 1_120), (Power::On, 1_000, None));
}

#[test]
fn hits_in_a_row_are_as_many_periods_less_one_and_no_two_requests_of_one_moment() {
    let mut careful = heartbeat(1);
    careful.thresholds = Thresholds {
        hits: 3,
        dwell_s: 0,
        ..careful.thresholds
    };
    let home = home(Power::Off, 0, vec![careful]);
    for (last, expected) in [
        (1_000, Power::Off),
        (1_060, Power::Off),
        (1_089, Power::Off),
        (1_115, Power::On),
    ] {
        let beats = [(1, beat(last, Says::Alive, 1_000))];
        assert_eq!(check(&home, &beats, last).0, expected, "{last}");
    }
}

#[test]
fn a_device_that_was_never_heard_says_nothing() {
    let never = home(Power::Unknown, 0, vec![heartbeat(1)]);
    assert_eq!(check(&never, &[], 9_000), (Power::Unknown, 0, None));
    let gone = home(Power::On, 0, Vec::new());
    assert_eq!(check(&gone, &[], 9_000), (Power::Unknown, 9_000, None));
    let first = [(1, beat(9_000, Says::Alive, 9_000))];
    assert_eq!(
        check(&never, &first, 9_000),
        (Power::On, 9_000, Some(9_090)),
        "at once"
    );
}
