use super::*;
use crate::power::{Cause, Place};

/// A world that stands still at minute 100.
struct Still;
impl World for Still {
    fn now(&self) -> Timestamp {
        at(100)
    }
    fn fill_random(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap()
}

fn cut(from: i64, to: i64) -> Cut {
    Cut {
        start: at(from),
        end: at(to),
    }
}

fn said(uid: &str, from: i64, to: i64) -> Foreseen {
    Foreseen {
        uid: uid.to_owned(),
        time: cut(from, to),
        reason: String::new(),
        is_cancelled: false,
    }
}

const REGION: RegionId = RegionId::from_bytes([2; 16]);

fn merge(known: &[PlannedCut], said: &[Foreseen], until: i64) -> Vec<Fate> {
    merged(REGION, known.to_vec(), said.to_vec(), at(until), &Still)
}

fn known(said: &[Foreseen]) -> Vec<PlannedCut> {
    merge(&[], said, 1_000)
        .iter()
        .map(|fate| fate.now().clone())
        .collect()
}

#[test]
fn the_same_schedule_again_changes_nothing() {
    let schedule = [said("a", 200, 300), said("b", 50, 80), said("c", 90, 110)];
    let first = merge(&[], &schedule, 1_000);
    assert!(first.iter().all(|fate| matches!(fate, Fate::Created(_))));
    let again = merge(&known(&schedule), &schedule, 1_000);
    assert_eq!(again.len(), 3);
    assert!(
        again.iter().all(|fate| matches!(fate, Fate::Unchanged(_))),
        "{again:?}"
    );
}

#[test]
fn the_same_name_is_the_same_cut_however_it_is_moved_and_comes_back() {
    let before = known(&[said("a", 200, 300)]);
    let [Fate::Changed(was, is)] = &merge(&before, &[said("a", 400, 500)], 1_000)[..] else {
        panic!("it is changed");
    };
    assert_eq!(
        (was.id, is.time, is.version),
        (is.id, cut(400, 500), was.version + 1)
    );
    let mut off = said("a", 400, 500);
    off.is_cancelled = true;
    let [Fate::Cancelled(_, is)] = &merge(std::slice::from_ref(is), &[off], 1_000)[..] else {
        panic!("it is cancelled");
    };
    let [Fate::Changed(_, back)] = &merge(std::slice::from_ref(is), &[said("a", 400, 500)], 1_000)[..] else {
        panic!("it comes after all");
    };
    assert!(!back.is_cancelled);
}

#[test]
fn what_a_schedule_leaves_out_is_cancelled_as_far_as_it_speaks() {
    let before = known(&[
        said("over", 10, 20),
        said("goes on", 90, 110),
        said("left out", 200, 300),
        said("beyond", 1_000, 1_010),
    ]);
    let fates = merge(&before, &[], 1_000);
    let cancelled: Vec<&str> = fates
        .iter()
        .filter(|fate| matches!(fate, Fate::Cancelled(..)))
        .map(|fate| fate.now().uid.as_str())
        .collect();
    assert_eq!(cancelled, ["left out"]);
    // A schedule that speaks for no time takes nothing back.
    let fates = merge(&before, &[], 100);
    assert!(fates.iter().all(|fate| matches!(fate, Fate::Left(_))));
}

#[test]
fn what_is_over_stays_and_its_name_can_be_another_cut_s() {
    let before = known(&[said("weekly", 10, 20)]);
    let [Fate::Unchanged(same)] = &merge(&before, &[said("weekly", 12, 22)], 1_000)[..] else {
        panic!("history is not rewritten");
    };
    assert_eq!(same.time, cut(10, 20));
    let fates = merge(&before, &[said("weekly", 200, 220)], 1_000);
    assert!(matches!(&fates[..], [Fate::Created(_)]), "{fates:?}");
}

#[test]
fn a_slip_of_a_year_is_no_plan() {
    let year = FARTHEST.as_mins();
    for minute in [100 - year, 100 + year] {
        assert_eq!(Foreseen::start(at(minute), at(100)), Ok(at(minute)));
    }
    for minute in [99 - year, 101 + year] {
        assert!(Foreseen::start(at(minute), at(100)).is_err());
    }
    assert!(Source::valid_until(at(100), at(100)).is_err());
    assert!(Source::valid_until(at(101 + year), at(100)).is_err());
    assert_eq!(Source::valid_until(at(101), at(100)), Ok(at(101)));
}

#[test]
fn a_source_is_stale_once_it_says_nothing_more() {
    let source = Source {
        imported_at: at(0),
        valid_until: at(50),
    };
    assert!(!source.is_stale(at(49)) && source.is_stale(at(50)));
}

#[test]
fn a_time_is_known_if_any_moment_of_it_is() {
    let turn = |minute, from, to| Transition {
        place: Place::Region(REGION),
        from,
        to,
        at: at(minute),
        cause: Cause::Homes,
    };
    let (on, off, unknown) = (Power::On, Power::Off, Power::Unknown);
    let turns = [
        turn(10, unknown, on),
        turn(20, on, unknown),
        turn(30, unknown, off),
    ];
    let cases = [
        ((0, 5), false),
        ((0, 10), false),
        ((0, 11), true),
        ((12, 15), true),
        ((19, 25), true),
        ((20, 30), false),
        ((21, 29), false),
        ((25, 31), true),
        ((40, 50), true),
    ];
    for ((from, to), is_known) in cases {
        let until = turns.iter().filter(|turn| turn.at < at(to));
        let until: Vec<Transition> = until.copied().collect();
        assert_eq!(was_known(&until, &cut(from, to)), is_known, "{from} to {to}");
    }
}
