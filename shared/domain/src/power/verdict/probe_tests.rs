use super::*;
use crate::{
    Zone,
    ids::{HomeId, RegionId, UserId},
    power::{Target, Thresholds},
};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

const PROBE: DetectorId = DetectorId::from_bytes([1; 16]);
const ROUTER: DetectorId = DetectorId::from_bytes([2; 16]);

/// A home with a probe of every minute, which takes two misses and three hits.
fn home(status: Power) -> Home {
    let id = HomeId::from_bytes([1; 16]);
    let (owner, region) = (UserId::from_bytes([2; 16]), RegionId::from_bytes([3; 16]));
    let probe = Detector {
        id: PROBE,
        name: String::new(),
        means: Means::Probe {
            target: Target::parse("tcp://rumah.example.com:443").unwrap(),
            period_s: 60,
        },
        thresholds: Thresholds {
            misses: 2,
            hits: 3,
            dwell_s: 0,
        },
        version: 1,
    };
    Home {
        status,
        detectors: vec![probe],
        ..Home::new(id, owner, "Rumah".into(), region, Zone::utc(), at(0))
    }
}

fn answered(second: i64, on_since: Option<i64>) -> HashMap<DetectorId, Beat> {
    let beat = Beat {
        at: at(second),
        says: Says::Alive,
        on_since: on_since.map(at),
    };
    HashMap::from([(PROBE, beat)])
}

fn tried(second: i64, misses: u32, unclear: u32) -> HashMap<DetectorId, Tries> {
    let tries = Tries {
        at: at(second),
        misses,
        unclear,
        trouble: None,
    };
    HashMap::from([(PROBE, tries)])
}

#[track_caller]
fn check(
    home: &Home,
    beats: &HashMap<DetectorId, Beat>,
    tries: &HashMap<DetectorId, Tries>,
    now: i64,
    expected: Power,
) {
    let verdict = verdict(home, beats, tries, None, at(now));
    assert_eq!(verdict.status, expected, "{tries:?}");
    let last = tries.get(&PROBE).map_or(now, |tries| tries.at.as_second() + 60);
    assert_eq!(
        verdict.next,
        Some(at(last.max(now))),
        "a period after the last try"
    );
}

#[test]
fn two_misses_in_a_row_are_off_and_one_is_not() {
    let home = home(Power::On);
    check(&home, &answered(600, Some(0)), &tried(600, 0, 0), 600, Power::On);
    check(&home, &answered(600, None), &tried(660, 1, 0), 660, Power::On);
    check(&home, &answered(600, None), &tried(720, 2, 0), 720, Power::Off);
    let off = verdict(&home, &answered(600, None), &tried(720, 2, 0), None, at(720));
    assert_eq!(
        (off.since, off.cause),
        (at(600), Cause::Silence),
        "since it answered last"
    );
}

#[test]
fn time_that_passes_without_a_try_is_no_miss() {
    check(
        &home(Power::On),
        &answered(600, Some(0)),
        &tried(600, 0, 0),
        90_000,
        Power::On,
    );
}

#[test]
fn three_hits_in_a_row_are_on_again_and_a_miss_begins_them_anew() {
    let home = home(Power::Off);
    check(
        &home,
        &answered(600, Some(600)),
        &tried(600, 0, 0),
        600,
        Power::Off,
    );
    check(
        &home,
        &answered(660, Some(600)),
        &tried(660, 0, 0),
        660,
        Power::Off,
    );
    check(
        &home,
        &answered(720, Some(600)),
        &tried(720, 0, 0),
        720,
        Power::On,
    );
    check(&home, &answered(660, None), &tried(720, 1, 0), 720, Power::Off);
    check(
        &home,
        &answered(780, Some(780)),
        &tried(780, 0, 0),
        780,
        Power::Off,
    );
}

#[test]
fn a_target_that_never_answered_says_nothing() {
    let none = HashMap::new();
    check(&home(Power::Unknown), &none, &HashMap::new(), 600, Power::Unknown);
    check(
        &home(Power::Unknown),
        &none,
        &tried(600, 9, 0),
        600,
        Power::Unknown,
    );
}

#[test]
fn tries_without_a_word_change_nothing_until_too_many_leave_nothing_known() {
    let last = answered(600, Some(0));
    check(&home(Power::On), &last, &tried(660, 1, 9), 660, Power::On);
    check(
        &home(Power::Off),
        &answered(600, None),
        &tried(660, 2, 9),
        660,
        Power::Off,
    );
    check(&home(Power::On), &last, &tried(660, 0, 10), 660, Power::Unknown);
}

#[test]
fn a_device_that_lives_outranks_a_target_that_does_not_answer_and_the_other_way_round() {
    let mut home = home(Power::On);
    home.detectors.push(Detector {
        id: ROUTER,
        means: Means::Heartbeat {
            period_s: 60,
            grace_s: 30,
        },
        ..home.detectors[0].clone()
    });
    let beat = Beat {
        at: at(700),
        says: Says::Alive,
        on_since: Some(at(0)),
    };
    let mut lives = answered(600, None);
    lives.insert(ROUTER, beat);
    check(&home, &lives, &tried(720, 2, 0), 720, Power::On);
    let intake = Intake {
        since: at(0),
        until: at(9_000),
    };
    let mut answers = answered(9_000, Some(0));
    answers.insert(ROUTER, beat);
    let found = verdict(&home, &answers, &tried(9_000, 0, 0), Some(intake), at(9_000));
    assert_eq!(found.status, Power::On);
}

#[test]
fn what_a_person_says_outranks_a_probe_which_goes_on() {
    let mut home = home(Power::On);
    home.detectors.push(Detector {
        id: ROUTER,
        means: Means::Manual {
            said: Some(super::super::SaidByHand {
                power: Power::Off,
                at: at(650),
            }),
        },
        ..home.detectors[0].clone()
    });
    check(&home, &answered(660, Some(0)), &tried(660, 0, 0), 660, Power::Off);
}
