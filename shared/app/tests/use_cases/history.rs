//! What is kept of the past of a place, and that each cut is counted once (SPEC §5).

use jiff::SignedDuration;
use kabar_domain::{
    World,
    power::{Period, Power, Word},
};
use kabar_store::{Window, power::Range};
use kabar_testkit::{BERLIN, House, JAKARTA, dies_after};

use crate::history_common::{
    at, begun, cut_from_to, hours_off, lit_region, move_to, one_cut, says, statistics,
};

#[tokio::test]
async fn a_cut_over_midnight_is_a_part_of_both_days_and_an_outage_of_the_first() {
    let house = House::new().await;
    let region = lit_region(&house, JAKARTA).await.id;
    let [from, to] = ["2026-11-24T22:00", "2026-11-25T02:00"].map(|time| at(time, JAKARTA));
    cut_from_to(&house, region, from, to).await;
    house.world.set(at("2026-11-25T09:00", JAKARTA));
    for period in [Period::Week, Period::Month] {
        let found = statistics(&house, region, period).await;
        assert_eq!(hours_off(&found, 3), [0, 2, 2]);
        assert_eq!(begun(&found, 3), [0, 1, 0]);
        assert_eq!(found.total(), one_cut(4));
    }
    let hours = statistics(&house, region, Period::Day).await;
    assert_eq!(hours.total(), one_cut(4));
    let expected = [0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(hours_off(&hours, 14), expected, "from eight in the evening on");
    house.settle().await;
}

#[tokio::test]
async fn a_cut_over_a_month_s_end_is_a_part_of_both_months() {
    let house = House::new().await;
    let region = lit_region(&house, JAKARTA).await.id;
    let [from, to] = ["2026-11-30T20:00", "2027-01-02T06:00"].map(|time| at(time, JAKARTA));
    cut_from_to(&house, region, from, to).await;
    house.world.set(at("2027-01-10T12:00", JAKARTA));
    let year = statistics(&house, region, Period::Year).await;
    assert_eq!(hours_off(&year, 4), [0, 4, 31 * 24, 30]);
    assert_eq!(begun(&year, 4), [0, 1, 0, 0]);
    assert_eq!(year.total(), one_cut(4 + 31 * 24 + 30));
    let days = statistics(&house, region, Period::Month).await;
    assert_eq!(days.total().outages, 0, "it began before");
    assert_eq!(hours_off(&days, 10), [24, 6, 0, 0, 0, 0, 0, 0, 0, 0]);
    house.settle().await;
}

#[tokio::test]
async fn days_of_summer_time_s_change_have_the_hours_that_they_have() {
    let house = House::new().await;
    let region = lit_region(&house, BERLIN).await.id;
    for (from, to, now, hours) in [
        (
            "2027-03-27T12:00",
            "2027-03-29T12:00",
            "2027-03-30T12:00",
            [12, 23, 12, 0],
        ),
        (
            "2027-10-30T12:00",
            "2027-11-01T12:00",
            "2027-11-02T12:00",
            [12, 25, 12, 0],
        ),
    ] {
        cut_from_to(&house, region, at(from, BERLIN), at(to, BERLIN)).await;
        house.world.set(at(now, BERLIN));
        let found = statistics(&house, region, Period::Week).await;
        assert_eq!(hours_off(&found, 4), hours);
        assert_eq!(found.total(), one_cut(hours.iter().sum()));
    }
    house.settle().await;
}

#[tokio::test]
async fn an_outage_that_lasts_counts_until_now_and_not_twice_when_it_ends() {
    let house = House::new().await;
    let region = lit_region(&house, JAKARTA).await.id;
    house.world.set(at("2026-11-24T20:00", JAKARTA));
    says(&house, region, Word::Off).await;
    house.world.set(at("2026-11-25T07:00", JAKARTA));
    let mut seen = Vec::new();
    for word in [Word::Off, Word::On] {
        says(&house, region, word).await;
        let mut all = Vec::new();
        for period in Period::ALL {
            let found = statistics(&house, region, period).await;
            assert_eq!(found.total(), one_cut(11), "{word:?} {period:?}");
            all.push(found);
        }
        seen.push(all);
    }
    assert_eq!(seen[0], seen[1], "its end changes nothing of what was");
    house.world.pass(SignedDuration::from_hours(2));
    let later = statistics(&house, region, Period::Week).await;
    assert_eq!(later.total(), one_cut(11));
    assert_eq!(later.on_seconds, seen[1][1].on_seconds + 2 * 3_600);
    house.settle().await;
}

#[tokio::test]
async fn an_end_that_is_decided_twice_at_once_is_counted_once() {
    let house = House::new().await;
    let region = lit_region(&house, JAKARTA).await.id;
    for _ in 0..3 {
        for word in [Word::Off, Word::On] {
            house.world.pass_seconds(3_600);
            house.say(region, word).await;
            tokio::join!(house.check(), house.check());
            house.check().await;
        }
    }
    let found = statistics(&house, region, Period::Week).await;
    assert_eq!((found.total().off_seconds, found.total().outages), (3 * 3_600, 3));
    assert_eq!(found.on_seconds, 3 * 3_600);
    house.settle().await;
}

#[tokio::test]
async fn an_end_whose_check_is_killed_at_any_moment_is_counted_once() {
    for moments in (0..90).step_by(6) {
        let house = House::new().await;
        let region = lit_region(&house, JAKARTA).await.id;
        says(&house, region, Word::Off).await;
        house.world.pass_seconds(3_600);
        house.say(region, Word::On).await;
        dies_after(moments, house.checker.check(house.world.now())).await;
        house.check().await;
        let found = statistics(&house, region, Period::Week).await;
        assert_eq!(found.total(), one_cut(1), "killed after {moments} polls");
        house.settle().await;
    }
}

#[tokio::test]
async fn only_time_of_which_something_is_known_is_up_or_down() {
    let house = House::new().await;
    let region = house.region("Bandung").await.id;
    let hours = |hours| house.world.pass(SignedDuration::from_hours(hours));
    hours(5);
    let ratios = async || {
        let mut all = Vec::new();
        for period in Period::ALL {
            all.push(statistics(&house, region, period).await.uptime_ratio());
        }
        all
    };
    assert_eq!(ratios().await, [None; 4], "nothing was ever known of it");
    says(&house, region, Word::On).await;
    hours(6);
    assert_eq!(ratios().await, [Some(1.0); 4]);
    // Nothing is known of it for as long again.
    says(&house, region, Word::Auto).await;
    hours(6);
    assert_eq!(ratios().await, [Some(1.0); 4]);
    says(&house, region, Word::Off).await;
    hours(1);
    // What is not known of it while it is out is no evidence that it is back.
    says(&house, region, Word::Auto).await;
    hours(1);
    says(&house, region, Word::On).await;
    assert_eq!(ratios().await, [Some(0.75); 4]);
    assert_eq!(statistics(&house, region, Period::Day).await.total(), one_cut(2));
    house.settle().await;
}

#[tokio::test]
async fn days_stay_what_they_were_when_their_place_is_given_another_zone() {
    let house = House::new().await;
    let region = lit_region(&house, JAKARTA).await.id;
    // Half of it lies on another day in Berlin.
    let [from, to] = ["2026-11-24T03:00", "2026-11-24T09:00"].map(|time| at(time, JAKARTA));
    cut_from_to(&house, region, from, to).await;
    house.world.set(at("2026-11-25T12:00", JAKARTA));
    let before = statistics(&house, region, Period::Week).await;
    move_to(&house, region, BERLIN).await;
    let after = statistics(&house, region, Period::Week).await;
    assert_eq!(hours_off(&after, 7), [0, 0, 0, 0, 0, 6, 0]);
    assert_eq!(hours_off(&after, 7), hours_off(&before, 7));
    assert_eq!(after.total(), before.total());
    assert_eq!(after.on_seconds, before.on_seconds);
    house.settle().await;
}

#[tokio::test]
async fn a_history_has_a_row_for_each_turn_and_is_read_in_parts_and_by_time() {
    let house = House::new().await;
    let region = lit_region(&house, JAKARTA).await;
    let mut expected = vec![(region.since, Power::Unknown, Power::On)];
    let words = [Word::Off, Word::On, Word::Auto, Word::Off, Word::On];
    for word in words {
        house.world.pass_seconds(3_600);
        let was = house.app.region(region.id).await.unwrap().status;
        says(&house, region.id, word).await;
        let is = house.app.region(region.id).await.unwrap();
        expected.push((is.since, was, is.status));
    }
    expected.reverse();
    let read = async |range: Range, limit: u16| {
        let mut window = Window::first(limit);
        let mut rows = Vec::new();
        loop {
            let part = house
                .app
                .region_history(region.id, &range, &window)
                .await
                .unwrap();
            assert!(part.entries.len() <= usize::from(limit));
            rows.extend(part.entries.iter().map(|row| (row.at, row.from, row.to)));
            match part.next {
                Some(next) => window.after = Some(next),
                None => return rows,
            }
        }
    };
    for limit in [1, 2, 3, 6, 200] {
        assert_eq!(read(Range::default(), limit).await, expected, "{limit} at once");
    }
    let (from, to) = (Some(expected[3].0), Some(expected[1].0));
    for limit in [1, 50] {
        assert_eq!(read(Range { from, to }, limit).await, expected[2..=3]);
        assert_eq!(read(Range { from, to: None }, limit).await, expected[..=3]);
        assert_eq!(read(Range { from: None, to }, limit).await, expected[2..]);
        assert!(read(Range { from: to, to: from }, limit).await.is_empty());
    }
    house.settle().await;
}
