use super::*;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap()
}

fn cut(from: i64, to: i64) -> Cut {
    Cut {
        start: at(from),
        end: at(to),
    }
}

fn planned() -> PlannedCut {
    PlannedCut {
        id: PlannedCutId::from_bytes([1; 16]),
        region: RegionId::from_bytes([2; 16]),
        uid: "2026-11-22-bandung".to_owned(),
        time: cut(600, 720),
        reason: String::new(),
        is_cancelled: false,
        told: None,
        is_told_again: false,
        version: 1,
    }
}

#[test]
fn people_are_told_half_an_hour_ahead_and_never_afterwards() {
    let told = |minute| planned().tell(at(minute));
    assert_eq!(told(569), None);
    assert_eq!([570, 600, 719].map(told), [Some(Tell::Ahead); 3]);
    assert_eq!(told(720), None);
}

#[test]
fn only_who_was_told_is_told_of_changes() {
    let mut moved = planned();
    moved.told = Some(cut(540, 660));
    assert_eq!(moved.tell(at(500)), Some(Tell::Moved));
    assert_eq!(moved.tell(at(720)), None);
    moved.is_cancelled = true;
    assert_eq!(moved.tell(at(659)), Some(Tell::Cancelled));
    assert_eq!(moved.tell(at(660)), None);
    moved.told = None;
    assert_eq!(moved.tell(at(600)), None);
    let mut same = planned();
    same.told = Some(same.time);
    assert_eq!(same.tell(at(600)), None);
}

#[test]
fn a_quarter_of_an_hour_is_punctual_and_a_minute_more_is_not() {
    let outcome = |start| {
        let cuts = [cut(start, start + 200)];
        let planned = planned();
        planned.outcome(planned.happened(&cuts), true, at(1_000))
    };
    assert_eq!([585, 600, 615].map(outcome), [Outcome::Kept; 3]);
    assert_eq!(outcome(584), Outcome::Early);
    assert_eq!(outcome(616), Outcome::Late);
    // It ended before the planned one began, or began after it ended: another cut.
    assert_eq!([400, 720].map(outcome), [Outcome::NotKept; 2]);
}

#[test]
fn of_several_cuts_the_nearest_counts() {
    let cuts = [cut(500, 610), cut(612, 700), cut(710, 760)];
    assert_eq!(planned().happened(&cuts), Some(&cuts[1]));
}

#[test]
fn before_its_end_a_cut_may_still_come() {
    let outcome = |minute| planned().outcome(None, true, at(minute));
    assert_eq!(outcome(599), Outcome::Ahead);
    assert_eq!(outcome(719), Outcome::Due);
    assert_eq!(outcome(720), Outcome::NotKept);
    let mut cancelled = planned();
    cancelled.is_cancelled = true;
    assert_eq!(cancelled.outcome(None, true, at(600)), Outcome::Cancelled);
}

#[test]
fn where_nothing_was_known_nothing_is_said_but_that_it_is_ahead() {
    let outcome = |minute| planned().outcome(None, false, at(minute));
    assert_eq!(outcome(599), Outcome::Ahead);
    assert_eq!([600, 719, 720].map(outcome), [Outcome::Unknown; 3]);
    let gone = cut(600, 650);
    assert_eq!(planned().outcome(Some(&gone), false, at(720)), Outcome::Kept);
}

#[test]
fn it_is_looked_at_to_tell_of_it_and_when_it_is_over() {
    let look = |planned: &PlannedCut, minute| planned.look_at(at(minute));
    let mut planned = planned();
    assert_eq!(look(&planned, 0), Some(at(570)));
    assert_eq!(look(&planned, 575), Some(at(575)), "it has to be told now");
    planned = planned.once_told(Tell::Ahead, at(575));
    assert_eq!((look(&planned, 575), planned.version), (Some(at(720)), 2));
    assert_eq!(look(&planned, 720), None);
    planned.time = cut(900, 960);
    assert_eq!(look(&planned, 580), Some(at(580)), "that it moved");
    planned.is_cancelled = true;
    assert_eq!(look(&planned, 580), Some(at(580)));
    planned = planned.once_told(Tell::Cancelled, at(580));
    assert_eq!((look(&planned, 580), planned.told), (None, None));
}

#[test]
fn a_plan_has_an_end_after_its_start_and_no_slip_of_a_year() {
    assert!(PlannedCut::time(at(10), at(10)).is_err());
    assert!(PlannedCut::time(at(0), at(7 * 24 * 60 + 1)).is_err());
    assert_eq!(PlannedCut::time(at(0), at(7 * 24 * 60)), Ok(cut(0, 7 * 24 * 60)));
}

#[test]
fn what_moves_far_ahead_is_told_again_when_it_is_near_and_once() {
    let mut planned = planned();
    planned.told = Some(cut(300, 400));
    assert_eq!(planned.tell(at(310)), Some(Tell::Moved));
    let far = planned.once_told(Tell::Moved, at(310));
    assert_eq!([311, 569].map(|minute| far.tell(at(minute))), [None; 2]);
    assert_eq!(far.look_at(at(311)), Some(at(570)));
    assert_eq!(far.tell(at(570)), Some(Tell::Ahead));
    let told = far.once_told(Tell::Ahead, at(570));
    assert_eq!((told.tell(at(571)), told.look_at(at(571))), (None, Some(at(720))));
    let near = planned.once_told(Tell::Moved, at(570));
    assert_eq!((near.tell(at(571)), near.look_at(at(571))), (None, Some(at(720))));
    let mut cancelled = far;
    cancelled.is_cancelled = true;
    assert_eq!(cancelled.tell(at(580)), Some(Tell::Cancelled));
}
