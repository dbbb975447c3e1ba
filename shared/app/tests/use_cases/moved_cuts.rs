//! A planned cut that moves when it was told is told once more when it is near.

use kabar_domain::{people::User, power::Region};
use kabar_testkit::{House, dies_after, polls};

use crate::{
    common::ANNA,
    homes_common::subjects,
    planned_common::{pass, plan, planned},
};

const AHEAD: &str = "Planned power cut in Bandung";
const MOVED: &str = "The power cut in Bandung has a new time";
const OFF: &str = "Planned power cut in Bandung is cancelled";

/// Anna was told ahead of a cut.
async fn told() -> (House, Region, User) {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let anna = house.follower(region.id, ANNA).await;
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    pass(&house, 1).await;
    assert_eq!(subjects(&house, &anna), [AHEAD]);
    (house, region, anna)
}

#[tokio::test]
async fn a_cut_that_moves_far_ahead_is_told_once_as_moved_and_once_half_an_hour_before() {
    let (house, region, anna) = told().await;
    plan(&house, region.id, &[planned(&house, "a", 300, 360)]).await;
    pass(&house, 269).await;
    assert_eq!(subjects(&house, &anna), [AHEAD, MOVED]);
    pass(&house, 1).await;
    assert_eq!(subjects(&house, &anna), [AHEAD, MOVED, AHEAD]);
    pass(&house, 120).await;
    assert_eq!(subjects(&house, &anna).len(), 3, "and nothing more");
    house.settle().await;
}

#[tokio::test]
async fn a_cut_that_moves_to_where_it_is_near_is_told_as_moved_alone() {
    let (house, region, anna) = told().await;
    plan(&house, region.id, &[planned(&house, "a", 30, 60)]).await;
    pass(&house, 70).await;
    assert_eq!(subjects(&house, &anna), [AHEAD, MOVED]);
    house.settle().await;
}

#[tokio::test]
async fn each_move_is_told_and_what_is_cancelled_before_it_is_near_is_not_told_again() {
    let (house, region, anna) = told().await;
    for start in [300, 200] {
        plan(&house, region.id, &[planned(&house, "a", start, start + 60)]).await;
        pass(&house, 5).await;
    }
    assert_eq!(subjects(&house, &anna), [AHEAD, MOVED, MOVED]);
    plan(&house, region.id, &[]).await;
    pass(&house, 300).await;
    assert_eq!(subjects(&house, &anna), [AHEAD, MOVED, MOVED, OFF]);
    house.settle().await;
}

#[tokio::test]
async fn checks_that_die_and_run_twice_tell_the_move_and_the_nearness_once_each() {
    let (house, region, _) = told().await;
    plan(&house, region.id, &[planned(&house, "a", 90, 150)]).await;
    let (steps, moved) = polls(house.checker.check(kabar_domain::World::now(&*house.world))).await;
    assert_eq!(moved.unwrap().planned_told, 1);
    house.settle().await;
    for step in (1..steps).step_by(4) {
        let (house, region, anna) = told().await;
        plan(&house, region.id, &[planned(&house, "a", 90, 150)]).await;
        for _ in 0..2 {
            let now = kabar_domain::World::now(&*house.world);
            let _ = dies_after(step, house.checker.check(now)).await;
            tokio::join!(house.check(), house.check());
            house.settle().await;
            pass(&house, 61).await;
        }
        assert_eq!(
            subjects(&house, &anna),
            [AHEAD, MOVED, AHEAD],
            "after {step} steps"
        );
    }
}
