//! People are told of planned cuts half an hour ahead, and of what became of that, each once.

use kabar_domain::{
    World,
    news::{Kind, Status},
    people::User,
    power::{Region, Word},
};
use kabar_testkit::{House, Use, dies_after, polls};

use crate::{
    common::{ANNA, SARI, count, cut, mend},
    homes_common::subjects,
    planned_common::{counts, minutes, pass, plan, planned, shown},
};

/// A region that Sari and Anna follow.
async fn setting() -> (House, Region, [User; 2]) {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = house.follower(region.id, SARI).await;
    let anna = house.follower(region.id, ANNA).await;
    (house, region, [sari, anna])
}

async fn kinds(house: &House) -> Vec<Kind> {
    let told = house.told().await;
    told.iter().map(|told| told.notice.news.kind()).collect()
}

const AHEAD: &str = "Planned power cut in Bandung";
const MOVED: &str = "The power cut in Bandung has a new time";
const OFF: &str = "Planned power cut in Bandung is cancelled";

#[tokio::test]
async fn people_are_told_half_an_hour_ahead_by_their_own_clock_and_once() {
    let (house, region, [sari, anna]) = setting().await;
    plan(&house, region.id, &[planned(&house, "a", 90, 210)]).await;
    pass(&house, 59).await;
    assert!(house.told().await.is_empty(), "not earlier");
    pass(&house, 1).await;
    assert_eq!(subjects(&house, &anna), [AHEAD]);
    assert_eq!(subjects(&house, &sari), ["Pemadaman terencana di Bandung"]);
    let mail = house.ses.mails().pop().unwrap();
    assert!(
        mail.text.contains("12:30 CET") || mail.text.contains("pukul 18.30 WIB"),
        "{}",
        mail.text
    );
    pass(&house, 180).await;
    assert_eq!(house.told().await.len(), 1, "and nothing more, before or after");
    house.settle().await;
}

#[tokio::test]
async fn a_plan_that_comes_late_is_told_at_once_and_never_after_its_end() {
    let (house, region, [_, anna]) = setting().await;
    let late = [planned(&house, "begun", -30, 30), planned(&house, "over", -60, 0)];
    plan(&house, region.id, &late).await;
    pass(&house, 1).await;
    assert_eq!(subjects(&house, &anna), [AHEAD]);
    let told = house.told().await.pop().unwrap();
    assert_eq!(told.notice.deadline, minutes(&house, 29), "its end");
    // Nobody checks for an hour, in which another cut comes and goes.
    plan(
        &house,
        region.id,
        &[late[0].clone(), planned(&house, "missed", 40, 50)],
    )
    .await;
    house.world.pass_seconds(3_600);
    pass(&house, 2).await;
    assert_eq!(kinds(&house).await, [Kind::PlannedCut]);
    house.settle().await;
}

#[tokio::test]
async fn mail_that_waits_past_the_end_of_the_cut_is_not_sent() {
    let (house, region, _) = setting().await;
    plan(&house, region.id, &[planned(&house, "a", 10, 40)]).await;
    house.world.pass_seconds(60);
    house.check().await;
    house.world.pass_seconds(3_600);
    house.settle().await;
    let notice = house.told().await.pop().unwrap().notice.id;
    assert_eq!(count(&house, notice, Status::Expired).await, 2);
    assert!(house.ses.mails().is_empty());
}

#[tokio::test]
async fn who_was_told_is_told_that_it_moves_and_that_it_does_not_come() {
    let (house, region, [_, anna]) = setting().await;
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    pass(&house, 1).await;
    let later = planned(&house, "a", 120, 180);
    assert_eq!(
        counts(&plan(&house, region.id, std::slice::from_ref(&later)).await),
        [0, 1, 0, 0]
    );
    pass(&house, 3).await;
    assert_eq!(subjects(&house, &anna), [AHEAD, MOVED]);
    assert_eq!(counts(&plan(&house, region.id, &[]).await), [0, 0, 0, 1]);
    assert_eq!(counts(&plan(&house, region.id, &[]).await), [0; 4]);
    pass(&house, 3).await;
    assert_eq!(subjects(&house, &anna), [AHEAD, MOVED, OFF]);
    // It comes after all, of which they are told when it is near.
    plan(&house, region.id, &[later]).await;
    pass(&house, 30).await;
    assert_eq!(subjects(&house, &anna).len(), 3);
    pass(&house, 60).await;
    assert_eq!(subjects(&house, &anna), [AHEAD, MOVED, OFF, AHEAD]);
    house.settle().await;
}

#[tokio::test]
async fn what_nobody_was_told_of_changes_in_silence() {
    let (house, region, _) = setting().await;
    let told = planned(&house, "told", 20, 80);
    plan(&house, region.id, &[told.clone(), planned(&house, "a", 300, 400)]).await;
    pass(&house, 1).await;
    let mut reworded = told;
    reworded.reason = "Two new transformers".to_owned();
    let plans = [
        vec![reworded.clone(), planned(&house, "a", 500, 600)],
        vec![reworded],
    ];
    for cuts in plans {
        plan(&house, region.id, &cuts).await;
        pass(&house, 2).await;
    }
    assert_eq!(kinds(&house).await, [Kind::PlannedCut]);
    house.settle().await;
}

#[tokio::test]
async fn two_changes_within_a_minute_are_one_piece_of_news() {
    let (house, region, [_, anna]) = setting().await;
    let first = planned(&house, "a", 20, 80);
    plan(&house, region.id, std::slice::from_ref(&first)).await;
    pass(&house, 1).await;
    plan(&house, region.id, &[planned(&house, "a", 40, 90)]).await;
    plan(&house, region.id, &[planned(&house, "a", 60, 90)]).await;
    pass(&house, 2).await;
    assert_eq!(subjects(&house, &anna), [AHEAD, MOVED]);
    // There and back is none.
    plan(&house, region.id, &[]).await;
    let mut back = planned(&house, "a", 57, 87);
    back.time = shown(&house, region.id).await[0].cut.time;
    plan(&house, region.id, &[back]).await;
    pass(&house, 2).await;
    assert_eq!(subjects(&house, &anna), [AHEAD, MOVED]);
    house.settle().await;
}

#[tokio::test]
async fn news_that_was_overtaken_before_it_was_sent_is_not_sent() {
    let (house, region, [_, anna]) = setting().await;
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    house.check().await;
    plan(&house, region.id, &[planned(&house, "a", 60, 90)]).await;
    house.settle().await;
    assert!(house.ses.mails().is_empty(), "the time is not right any more");
    pass(&house, 1).await;
    assert_eq!(subjects(&house, &anna), [MOVED]);
    house.settle().await;
}

#[tokio::test]
async fn two_checks_at_once_and_checks_that_die_tell_once() {
    let (house, region, [_, anna]) = setting().await;
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    let now = house.world.now();
    let (steps, first) = polls(house.checker.check(now)).await;
    assert_eq!(first.unwrap().planned_told, 1);
    house.drain().await;
    for step in 1..steps {
        // Each of these has something to tell: a cut that is new.
        let name = format!("cut {step}");
        let all: Vec<_> = shown(&house, region.id)
            .await
            .iter()
            .map(|one| kabar_domain::power::Foreseen {
                uid: one.cut.uid.clone(),
                time: one.cut.time,
                reason: one.cut.reason.clone(),
                is_cancelled: false,
            })
            .chain([planned(&house, &name, 25, 80)])
            .collect();
        plan(&house, region.id, &all).await;
        let _ = dies_after(step, house.checker.check(now)).await;
        let (one, other) = tokio::join!(house.check(), house.check());
        assert!(one.planned_told + other.planned_told <= 1, "{one:?} {other:?}");
        house.settle().await;
    }
    let cuts = shown(&house, region.id).await.len();
    assert_eq!(house.told().await.len(), cuts, "one notice each");
    assert_eq!(subjects(&house, &anna), vec![AHEAD; cuts]);
}

#[tokio::test]
async fn a_queue_that_is_down_delays_the_news_and_does_not_lose_it() {
    let (house, region, _) = setting().await;
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    house.queues.set_down(true);
    let report = house.check().await;
    assert_eq!((report.planned_told, report.not_queued), (1, 1));
    house.queues.set_down(false);
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 2);
}

#[tokio::test]
async fn a_cut_that_is_told_of_ahead_is_told_of_as_an_outage_too() {
    let (house, region, [_, anna]) = setting().await;
    house.say(region.id, Word::On).await;
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    pass(&house, 20).await;
    cut(&house, &region).await;
    mend(&house, &region).await;
    house.settle().await;
    assert_eq!(
        kinds(&house).await,
        [Kind::PlannedCut, Kind::Outage, Kind::Restored]
    );
    assert_eq!(subjects(&house, &anna)[0], AHEAD);
}

#[tokio::test]
async fn of_a_region_that_was_removed_nobody_is_told_and_nothing_is_left() {
    let (house, region, _) = setting().await;
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    house
        .app
        .remove_region(region.id, kabar_app::Expected::Any)
        .await
        .unwrap();
    pass(&house, 2).await;
    assert!(house.told().await.is_empty());
    let left = house
        .app
        .grid
        .planned_from(region.id, minutes(&house, -1_000))
        .await;
    assert!(left.unwrap().is_empty());
    let _: Use = house.meter().take_total();
    pass(&house, 1).await;
    assert!(house.meter().take_total().read <= 4.0, "nothing is due any more");
}
