//! Plans next to what happened, and what is known of them.

use jiff::SignedDuration;
use kabar_app::{
    Expected, Failure,
    power::{NewPlan, PlannedPart},
};
use kabar_domain::{
    World,
    ids::RegionId,
    power::{KNOWN_FOR, Outcome, Word},
};
use kabar_store::{Window, power::PlannedFilter};
use kabar_testkit::{House, Use};

use crate::planned_common::{counts, minutes, pass, plan, planned, shown};

async fn outcomes(house: &House, region: RegionId) -> Vec<(String, Outcome)> {
    let mut shown = shown(house, region).await;
    shown.reverse();
    shown.into_iter().map(|one| (one.cut.uid, one.outcome)).collect()
}

async fn turn(house: &House, region: RegionId, word: Word) {
    house.say(region, word).await;
    house.check().await;
}

#[tokio::test]
async fn what_happened_stands_next_to_what_was_planned() {
    let house = House::new().await;
    let region = house.region("Bandung").await.id;
    let mut off = planned(&house, "f cancelled", 590, 600);
    off.is_cancelled = true;
    let cuts = [
        planned(&house, "a unknown", 5, 15),
        planned(&house, "b kept", 60, 120),
        planned(&house, "c early", 200, 260),
        planned(&house, "d late", 300, 360),
        planned(&house, "e not kept", 400, 460),
        off,
        planned(&house, "g goes on", 620, 700),
        planned(&house, "h ahead", 900, 960),
    ];
    plan(&house, region, &cuts).await;
    pass(&house, 10).await;
    assert_eq!(outcomes(&house, region).await[0].1, Outcome::Unknown, "so far");
    pass(&house, 10).await;
    turn(&house, region, Word::On).await;
    // Out from 70 to 130, from 180 to 210, from 320 to 330, and from 625 on.
    let words = [(70, 130), (180, 210), (320, 330), (625, i64::MAX)];
    let start = minutes(&house, -20);
    for (from, to) in words {
        house.world.set(start + SignedDuration::from_mins(from));
        turn(&house, region, Word::Off).await;
        if to < i64::MAX {
            house.world.set(start + SignedDuration::from_mins(to));
            turn(&house, region, Word::On).await;
        }
    }
    house.world.set(start + SignedDuration::from_mins(630));
    let found = outcomes(&house, region).await;
    let expected = [
        ("a unknown", Outcome::Unknown),
        ("b kept", Outcome::Kept),
        ("c early", Outcome::Early),
        ("d late", Outcome::Late),
        ("e not kept", Outcome::NotKept),
        ("f cancelled", Outcome::Cancelled),
        ("g goes on", Outcome::Kept),
        ("h ahead", Outcome::Ahead),
    ];
    assert_eq!(found, expected.map(|(uid, outcome)| (uid.to_owned(), outcome)));
    let all = shown(&house, region).await;
    let goes_on = all.iter().find(|one| one.cut.uid == "g goes on").unwrap();
    assert_eq!(goes_on.happened.map(|(_, end)| end), Some(None), "it lasts");
    let kept = all.iter().find(|one| one.cut.uid == "b kept").unwrap();
    let at = |minute| start + SignedDuration::from_mins(minute);
    assert_eq!(kept.happened, Some((at(70), Some(at(130)))));
    house.settle().await;
}

#[tokio::test]
async fn a_cut_is_due_while_the_power_is_there_and_an_outage_of_days_is_found() {
    let house = House::new().await;
    let region = house.region("Bandung").await.id;
    turn(&house, region, Word::On).await;
    plan(&house, region, &[planned(&house, "a", 10, 100)]).await;
    pass(&house, 30).await;
    assert_eq!(outcomes(&house, region).await[0].1, Outcome::Due);
    // More turns than are read at a time, before an outage that lasts for days.
    for _ in 0..55 {
        house.world.pass_seconds(60);
        turn(&house, region, Word::Off).await;
        house.world.pass_seconds(60);
        turn(&house, region, Word::On).await;
    }
    turn(&house, region, Word::Off).await;
    house.world.pass_seconds(5 * 24 * 3600);
    plan(&house, region, &[planned(&house, "b", -60, -30)]).await;
    let found = outcomes(&house, region).await;
    assert_eq!(found[0].1, Outcome::Late, "the nearest of many");
    assert_eq!(found[1].1, Outcome::Early, "days before");
    house.settle().await;
}

async fn part(house: &House, region: RegionId) -> PlannedPart {
    let window = Window::first(50);
    let filter = PlannedFilter::default();
    house
        .app
        .board()
        .planned_cuts(region, &filter, &window)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_region_knows_its_next_cut_and_up_to_when_it_knows() {
    let house = House::new().await;
    let region = house.region("Bandung").await.id;
    let known = async || house.app.region(region).await.unwrap().plan;
    assert_eq!((known().await.source, known().await.next), (None, None));
    assert!(
        part(&house, region).await.source.is_none(),
        "nothing was ever said"
    );
    let [first, second] = [planned(&house, "a", 60, 120), planned(&house, "b", 200, 260)];
    plan(&house, region, &[second.clone(), first.clone()]).await;
    let now = house.world.now();
    assert_eq!(known().await.next, Some(first.time));
    assert_eq!(known().await.source.unwrap().valid_until, now + KNOWN_FOR);
    pass(&house, 119).await;
    assert_eq!(known().await.next, Some(first.time), "it goes on");
    pass(&house, 1).await;
    assert_eq!(known().await.next, Some(second.time));
    pass(&house, 140).await;
    assert_eq!(known().await.next, None);
    assert!(!part(&house, region).await.is_stale);
    house.world.set(now + KNOWN_FOR);
    assert!(part(&house, region).await.is_stale);
    // Who has cancelled something has not said that there is nothing else.
    let cancel = NewPlan {
        cuts: Vec::new(),
        valid_until: None,
        is_whole: false,
    };
    let taken = house.app.take_plan(region, Expected::Any, cancel).await.unwrap();
    assert_eq!(taken.valid_until, Some(now + KNOWN_FOR));
    assert!(part(&house, region).await.is_stale);
    house.settle().await;
}

#[tokio::test]
async fn a_thousand_cuts_are_taken_whole_the_same_again_changes_nothing() {
    let house = House::new().await;
    let region = house.region("Bandung").await.id;
    let cuts: Vec<_> = (0..1_000)
        .map(|n| planned(&house, &format!("cut {n}"), n * 8 - 4_000, n * 8 - 3_990))
        .collect();
    let _ = house.meter().take();
    let taken = plan(&house, region, &cuts).await;
    let used: Use = house.meter().take_total();
    assert_eq!(counts(&taken), [1_000, 0, 0, 0]);
    // A write of one unit, twice for the transaction, and for those that come twice for the index of what is due.
    assert!(used.write / 1_000.0 <= 4.2, "{used}");
    assert!(used.requests <= 26, "{used}");
    let version = house.app.region(region).await.unwrap().plan.version;
    let again = plan(&house, region, &cuts).await;
    let used: Use = house.meter().take_total();
    assert_eq!(counts(&again), [0, 0, 1_000, 0]);
    assert!(used.write <= 6.0 && used.requests <= 5, "{used}");
    assert_eq!(again.version, version + 1, "only that it was said again");
    // Moved, all of them, and half left out.
    house.world.pass_seconds(60);
    let moved: Vec<_> = cuts
        .iter()
        .filter(|cut| cut.time.start > house.world.now())
        .step_by(2)
        .map(|cut| {
            let mut cut = cut.clone();
            cut.time.start -= SignedDuration::from_secs(30);
            cut
        })
        .collect();
    let count = u32::try_from(moved.len()).unwrap();
    let taken = plan(&house, region, &moved).await;
    assert_eq!((taken.created, taken.changed, taken.unchanged), (0, count, 0));
    assert!(taken.cancelled.abs_diff(count) <= 1, "{taken:?}");
}

#[tokio::test]
async fn two_plans_at_once_come_out_as_one_or_the_other() {
    let house = House::new().await;
    let region = house.region("Bandung").await.id;
    let one: Vec<_> = (0..100)
        .map(|n| planned(&house, &format!("cut {n}"), 60 + n, 200 + n))
        .collect();
    let other: Vec<_> = (0..100)
        .map(|n| planned(&house, &format!("cut {n}"), 70 + n, 220 + n))
        .collect();
    tokio::join!(plan(&house, region, &one), plan(&house, region, &other));
    let found = shown(&house, region).await;
    assert_eq!(found.len(), 100, "each name once");
    let times: Vec<_> = found.iter().rev().map(|one| one.cut.time).collect();
    let is =
        |cuts: &[kabar_domain::power::Foreseen]| cuts.iter().map(|cut| cut.time).eq(times.iter().copied());
    assert!(is(&one) || is(&other));
    let stale = NewPlan {
        cuts: one,
        valid_until: None,
        is_whole: true,
    };
    let refused = house.app.take_plan(region, Expected::Version(1), stale).await;
    assert!(matches!(refused, Err(Failure::Changed)));
}

#[tokio::test]
async fn a_list_of_fifty_takes_four_requests_and_a_check_with_nothing_due_asks_each_shard_once() {
    let house = House::new().await;
    let region = house.region("Bandung").await.id;
    turn(&house, region, Word::On).await;
    let cuts: Vec<_> = (0..60)
        .map(|n| planned(&house, &format!("cut {n}"), 60 * n - 1_800, 60 * n - 1_770))
        .collect();
    plan(&house, region, &cuts).await;
    house.check().await;
    let _ = house.meter().take();
    assert_eq!(part(&house, region).await.list.entries.len(), 50);
    let used: Use = house.meter().take_total();
    assert!(used.requests <= 4 && used.read <= 6.0, "{used}");
    house.check().await;
    let used: Use = house.meter().take_total();
    // One write is the beat of our own device, the other says that it was heard.
    assert!(used.read <= 5.0 && used.write <= 2.0, "{used}");
    house.app.region(region).await.unwrap();
    let used: Use = house.meter().take_total();
    assert!(used.requests <= 2 && used.read <= 2.0, "{used}");
    house.settle().await;
}

#[tokio::test]
async fn a_list_goes_on_where_it_ended_and_begins_where_it_is_asked_to() {
    let house = House::new().await;
    let region = house.region("Bandung").await.id;
    // Three begin together.
    let cuts: Vec<_> = [10, 20, 20, 20, 30]
        .into_iter()
        .enumerate()
        .map(|(n, from)| planned(&house, &format!("cut {n}"), from, 100))
        .collect();
    plan(&house, region, &cuts).await;
    let all: Vec<_> = shown(&house, region).await;
    let mut walked = Vec::new();
    let mut window = Window::first(1);
    loop {
        let filter = PlannedFilter::default();
        let found = house
            .app
            .board()
            .planned_cuts(region, &filter, &window)
            .await
            .unwrap();
        walked.extend(found.list.entries);
        window.after = found.list.next;
        if window.after.is_none() {
            break;
        }
    }
    assert_eq!(walked, all);
    let filter = PlannedFilter {
        from: Some(minutes(&house, 20)),
        to: Some(minutes(&house, 30)),
    };
    let window = Window::first(50);
    let found = house
        .app
        .board()
        .planned_cuts(region, &filter, &window)
        .await
        .unwrap();
    assert_eq!(found.list.entries, all[1..4]);
}
