//! What concerns of planned cuts share.

use jiff::{SignedDuration, Timestamp};
use kabar_app::{
    Expected,
    power::{NewPlan, PlanTaken, PlannedShown},
};
use kabar_domain::{
    World,
    ids::RegionId,
    power::{Cut, Foreseen},
};
use kabar_store::{Window, power::PlannedFilter};
use kabar_testkit::House;

/// So many minutes from now.
pub(crate) fn minutes(house: &House, minutes: i64) -> Timestamp {
    house.world.now() + SignedDuration::from_mins(minutes)
}

/// A cut from so many minutes after now until so many.
pub(crate) fn planned(house: &House, uid: &str, from: i64, to: i64) -> Foreseen {
    Foreseen {
        uid: uid.to_owned(),
        time: Cut {
            start: minutes(house, from),
            end: minutes(house, to),
        },
        reason: "New transformer".to_owned(),
        is_cancelled: false,
    }
}

pub(crate) async fn plan(house: &House, region: RegionId, cuts: &[Foreseen]) -> PlanTaken {
    let plan = NewPlan {
        cuts: cuts.to_vec(),
        valid_until: None,
        is_whole: true,
    };
    house.app.take_plan(region, Expected::Any, plan).await.unwrap()
}

/// Created, changed, unchanged, cancelled.
pub(crate) const fn counts(taken: &PlanTaken) -> [u32; 4] {
    [taken.created, taken.changed, taken.unchanged, taken.cancelled]
}

/// Everything planned for a region, those that begin last first.
pub(crate) async fn shown(house: &House, region: RegionId) -> Vec<PlannedShown> {
    let window = Window::first(200);
    let filter = PlannedFilter::default();
    let part = house
        .app
        .board()
        .planned_cuts(region, &filter, &window)
        .await
        .unwrap();
    part.list.entries
}

/// Lets minutes pass, each with a check; what is told is delivered.
pub(crate) async fn pass(house: &House, minutes: u32) {
    for _ in 0..minutes {
        house.world.pass_seconds(60);
        house.check().await;
        house.drain().await;
    }
}
