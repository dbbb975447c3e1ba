//! Outages open once and close once, whatever runs twice (SPEC §5, §11 D1).

use jiff::SignedDuration;
use kabar_app::power::CheckReport;
use kabar_domain::{
    World,
    news::Kind,
    power::{Power, Word},
};
use kabar_store::{Window, power::OutageFilter};
use kabar_testkit::House;

use crate::common::{cut, mend, region_with_three};

const ALL: Window = Window::first(50);

async fn outages(house: &House) -> Vec<kabar_domain::power::Outage> {
    house
        .app
        .grid
        .outages(&OutageFilter::default(), &ALL)
        .await
        .unwrap()
        .entries
}

async fn kinds(house: &House) -> Vec<Kind> {
    house
        .told()
        .await
        .iter()
        .map(|told| told.notice.news.kind())
        .collect()
}

#[tokio::test]
async fn a_cut_of_three_hours_opens_one_outage_and_tells_of_it_once() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.say(region.id, Word::Off).await;
    let report = house.check().await;
    assert_eq!(
        report,
        CheckReport {
            regions: 1,
            outages_opened: 1,
            ..CheckReport::default()
        }
    );
    for _ in 0..36 {
        house.world.pass_seconds(300);
        assert_eq!(
            house.check().await,
            CheckReport::default(),
            "nothing is due any more"
        );
    }
    assert_eq!(kinds(&house).await, [Kind::Outage]);
    let region = house.app.region(region.id).await.unwrap();
    assert_eq!((region.status, region.since), (Power::Off, region.word_at));

    house.say(region.id, Word::On).await;
    assert_eq!(house.check().await.outages_closed, 1);
    assert_eq!(kinds(&house).await, [Kind::Outage, Kind::Restored]);
    let [outage] = outages(&house).await.try_into().unwrap();
    assert_eq!(outage.duration_s(), Some(3 * 3600));
    assert_eq!(outage.restored_notice, Some(house.told().await[1].notice.id));
    house.settle().await;
}

#[tokio::test]
async fn two_checks_at_once_open_one_outage_and_close_it_once() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    for (word, kinds_so_far) in [(Word::Off, 1), (Word::On, 2)] {
        house.say(region.id, word).await;
        let (one, other) = tokio::join!(house.check(), house.check());
        let changes = |r: CheckReport| r.outages_opened + r.outages_closed;
        assert_eq!(changes(one) + changes(other), 1, "{one:?} {other:?}");
        assert_eq!(kinds(&house).await.len(), kinds_so_far);
    }
    assert_eq!(outages(&house).await.len(), 1);
    house.settle().await;
}

#[tokio::test]
async fn checks_out_of_order_change_nothing_more() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.world.pass_seconds(60);
    house.say(region.id, Word::Off).await;
    let now = house.world.now();
    let late = [-60, 120, 0, -3600, 60, 0].map(|seconds| now + SignedDuration::from_secs(seconds));
    for time in late {
        house.checker.check(time).await.unwrap();
    }
    assert_eq!(
        outages(&house).await[0].key.started_at,
        now,
        "it began when the operator said so"
    );
    assert_eq!(kinds(&house).await, [Kind::Outage]);
    house.settle().await;
}

#[tokio::test]
async fn a_blip_between_two_checks_is_told_to_nobody() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.say(region.id, Word::On).await;
    house.check().await;
    for word in [Word::Off, Word::On] {
        house.world.pass_seconds(10);
        house.say(region.id, word).await;
    }
    assert_eq!(house.check().await.regions, 1);
    assert!(kinds(&house).await.is_empty() && outages(&house).await.is_empty());
    assert_eq!(house.app.region(region.id).await.unwrap().status, Power::On);
}

#[tokio::test]
async fn light_between_two_checks_leaves_the_outage_open() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    cut(&house, &region).await;
    for word in [Word::On, Word::Off] {
        house.world.pass_seconds(10);
        house.say(region.id, word).await;
    }
    house.check().await;
    assert_eq!(kinds(&house).await, [Kind::Outage]);
    assert_eq!(outages(&house).await[0].ended_at, None);
    house.settle().await;
}

#[tokio::test]
async fn auto_without_detectors_knows_nothing_and_closes_nothing() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    cut(&house, &region).await;
    house.world.pass_seconds(60);
    house.say(region.id, Word::Auto).await;
    house.check().await;
    let found = house.app.region(region.id).await.unwrap();
    assert_eq!(found.status, Power::Unknown);
    assert!(
        found.outage.is_some(),
        "not knowing is no evidence that the power is back"
    );
    mend(&house, &region).await;
    assert_eq!(kinds(&house).await, [Kind::Outage, Kind::Restored]);
    house.settle().await;
}

#[tokio::test]
async fn the_same_word_again_changes_neither_time_nor_version() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.say(region.id, Word::Off).await;
    let before = house.app.region(region.id).await.unwrap();
    house.world.pass_seconds(60);
    house.say(region.id, Word::Off).await;
    assert_eq!(house.app.region(region.id).await.unwrap(), before);
}

#[tokio::test]
async fn many_regions_are_checked_at_once_and_each_once() {
    let house = House::new().await;
    let mut regions = Vec::new();
    for n in 0..20 {
        regions.push(house.region(&format!("Region {n}")).await);
        house.say(regions[n].id, Word::Off).await;
    }
    let report = house.check().await;
    assert_eq!((report.regions, report.outages_opened), (20, 20));
    let open = OutageFilter {
        is_open: Some(true),
        ..OutageFilter::default()
    };
    assert_eq!(
        house.app.grid.outages(&open, &ALL).await.unwrap().entries.len(),
        20
    );
    house.settle().await;
}

#[tokio::test]
async fn a_queue_that_is_down_delays_the_news_and_does_not_lose_it() {
    let house = House::new().await;
    let region = region_with_three(&house).await;
    house.queues.set_down(true);
    house.say(region.id, Word::Off).await;
    let report = house.check().await;
    assert_eq!((report.outages_opened, report.not_queued), (1, 1));
    house.queues.set_down(false);
    house.settle().await;
    assert_eq!(house.ses.mails().len(), 3);
}
