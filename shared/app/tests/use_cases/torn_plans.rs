//! A plan that dies between its parts: at every moment its region has the next of its cuts that are not cancelled with it.

use kabar_app::{Expected, power::NewPlan};
use kabar_domain::{
    World,
    power::{Cut, Foreseen, Region},
};
use kabar_testkit::{House, dies_after};

use crate::planned_common::{counts, plan, planned, shown};

/// More than two parts of a plan.
const CUTS: i64 = 100;

async fn region_of_cuts(house: &House) -> (Region, Vec<Foreseen>) {
    let region = house.region("Bandung").await;
    let cuts: Vec<_> = (1..=CUTS)
        .map(|n| planned(house, &format!("cut {n:03}"), 60 * n, 60 * n + 50))
        .collect();
    plan(house, region.id, &cuts).await;
    (region, cuts)
}

async fn next(house: &House, region: &Region) -> Option<Cut> {
    house.app.region(region.id).await.unwrap().plan.next
}

/// What the region has to have with it: the first cut that is to come.
async fn first(house: &House, region: &Region) -> Option<Cut> {
    let now = house.world.now();
    let cuts = shown(house, region.id).await.into_iter().map(|one| one.cut);
    let to_come = cuts.filter(|cut| !cut.is_cancelled && !cut.is_over(now));
    to_come.map(|cut| cut.time).min_by_key(|time| time.start)
}

#[tokio::test]
async fn a_plan_that_dies_anywhere_leaves_no_cancelled_cut_as_the_next() {
    let mut torn = 0;
    for step in 3..12 {
        let house = House::new().await;
        let (region, cuts) = region_of_cuts(&house).await;
        let none = NewPlan {
            cuts: Vec::new(),
            valid_until: None,
            is_whole: true,
        };
        let done = dies_after(step, house.app.take_plan(region.id, Expected::Any, none)).await;
        let first = first(&house, &region).await;
        assert_eq!(next(&house, &region).await, first, "after {step} steps");
        torn += u32::from(done.is_none() && first.is_some_and(|first| first != cuts[0].time));
        let [_, _, _, cancelled] = counts(&plan(&house, region.id, &[]).await);
        assert!(i64::from(cancelled) <= CUTS);
        assert_eq!(next(&house, &region).await, None, "and the same again ends it");
    }
    assert!(torn > 0, "none died between two parts");
}

#[tokio::test]
async fn a_plan_that_moves_its_first_cuts_far_away_and_dies_has_the_one_before_them_next() {
    let mut torn = 0;
    for step in 3..12 {
        let house = House::new().await;
        let (region, mut cuts) = region_of_cuts(&house).await;
        for (n, cut) in (0..).zip(&mut cuts) {
            let time = planned(&house, "", 10_000 - 60 * n, 10_050 - 60 * n).time;
            cut.time = time;
        }
        let moved = NewPlan {
            cuts,
            valid_until: None,
            is_whole: true,
        };
        let _ = dies_after(step, house.app.take_plan(region.id, Expected::Any, moved)).await;
        let first = first(&house, &region).await;
        assert_eq!(next(&house, &region).await, first, "after {step} steps");
        let cut_46 = planned(&house, "", 60 * 46, 60 * 46 + 50).time;
        torn += u32::from(first == Some(cut_46));
    }
    assert!(torn > 0, "none died between two parts");
}
