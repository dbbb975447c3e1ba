//! Probes: targets that answer, do not, or cannot be asked.

use std::net::{IpAddr, Ipv4Addr};

use kabar_app::{
    Expected, Failure,
    power::{DetectorChange, NewDetector},
};
use kabar_domain::{
    ids::DetectorId,
    news::Kind,
    power::{Home, Means, Power, Target, Thresholds},
};
use kabar_testkit::{House, dies_after};
use tokio::net::TcpListener;

use crate::{
    common::SARI,
    homes_common::{caller, home, known, minutes, power},
};

const NAME: &str = "rumah.example.com";
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

struct Place {
    house: House,
    home: Home,
    probe: DetectorId,
    /// While it is there, the target answers.
    server: Option<TcpListener>,
    port: u16,
}

fn probe(port: u16) -> NewDetector {
    NewDetector {
        name: "Router".to_owned(),
        means: Means::Probe {
            target: Target::parse(&format!("tcp://{NAME}:{port}")).unwrap(),
            period_s: 60,
        },
        thresholds: Thresholds::of_probe(),
    }
}

/// A home with a probe that takes two misses, whose target has answered.
async fn place() -> Place {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = house.user(SARI).await;
    let home = home(&house, &sari, region.id).await;
    let server = TcpListener::bind((HERE, 0)).await.unwrap();
    let port = server.local_addr().unwrap().port();
    house.targets.lead(NAME, Some(HERE));
    let owner = caller(&house, sari.id);
    let made = house
        .app
        .add_detector(&owner, home.id, probe(port))
        .await
        .unwrap();
    assert_eq!(made.key, None, "nobody calls with anything");
    minutes(&house, 3, &[]).await;
    assert_eq!(power(&house, &home).await, Power::On);
    Place {
        house,
        home,
        probe: made.detector.id,
        server: Some(server),
        port,
    }
}

impl Place {
    fn fall(&mut self) {
        self.server = None;
    }

    async fn rise(&mut self) {
        self.server = Some(TcpListener::bind((HERE, self.port)).await.unwrap());
    }

    async fn misses(&self) -> u32 {
        let read = self.house.app.grid.home(self.home.id).await.unwrap().unwrap();
        read.tries[&self.probe].misses
    }

    async fn kinds(&self) -> Vec<Kind> {
        let told = self.house.told().await;
        told.iter().map(|told| told.notice.news.kind()).collect()
    }
}

#[tokio::test]
async fn a_target_that_falls_silent_for_two_tries_is_one_outage_and_its_answer_ends_it() {
    let mut place = place().await;
    place.fall();
    minutes(&place.house, 1, &[]).await;
    assert_eq!(
        power(&place.house, &place.home).await,
        Power::On,
        "one miss is none"
    );
    minutes(&place.house, 1, &[]).await;
    assert_eq!(power(&place.house, &place.home).await, Power::Off);
    minutes(&place.house, 60, &[]).await;
    place.rise().await;
    minutes(&place.house, 10, &[]).await;
    assert_eq!(power(&place.house, &place.home).await, Power::On);
    let told = place.kinds().await;
    let count = |kind| told.iter().filter(|told| **told == kind).count();
    assert_eq!(
        (count(Kind::HomeOutage), count(Kind::HomeRestored)),
        (1, 1),
        "{told:?}"
    );
    place.house.settle().await;
}

#[tokio::test]
async fn a_home_is_tried_once_a_period_and_that_costs_one_write_more_than_its_check() {
    let place = place().await;
    let report = place.house.check().await;
    assert_eq!(report.probes, 0, "its minute is not over");
    place.house.world.pass_seconds(60);
    let _ = place.house.meter().take();
    assert_eq!(place.house.check().await.probes, 1);
    let used = place.house.meter().take_total();
    // The canary's beat, the intake, the try; and the home, whose next check moves in one index and shows in another.
    assert!(used.write <= 7.0, "{used:?}");
}

#[tokio::test]
async fn checks_at_once_and_again_for_the_same_minute_count_one_miss() {
    let mut place = place().await;
    place.fall();
    place.house.world.pass_seconds(60);
    let (one, other) = tokio::join!(place.house.check(), place.house.check());
    assert!(one.probes + other.probes >= 1);
    place.house.check().await;
    assert_eq!(place.misses().await, 1);
    assert_eq!(power(&place.house, &place.home).await, Power::On);
    place.house.settle().await;
}

#[tokio::test]
async fn a_check_that_dies_anywhere_counts_no_miss_twice() {
    for after in 1.. {
        let mut place = place().await;
        place.fall();
        place.house.world.pass_seconds(60);
        let is_dead = dies_after(after, place.house.check()).await.is_none();
        place.house.check().await;
        assert_eq!(place.misses().await, 1, "died after {after} steps");
        assert_eq!(power(&place.house, &place.home).await, Power::On);
        minutes(&place.house, 1, &[]).await;
        assert_eq!(power(&place.house, &place.home).await, Power::Off);
        place.house.settle().await;
        if !is_dead {
            break;
        }
    }
}

#[tokio::test]
async fn a_name_that_is_not_found_is_no_outage_and_in_the_end_nothing_is_known() {
    let place = place().await;
    place.house.targets.lead(NAME, None);
    minutes(&place.house, 9, &[]).await;
    assert_eq!(
        power(&place.house, &place.home).await,
        Power::On,
        "as was last known"
    );
    minutes(&place.house, 2, &[]).await;
    assert_eq!(power(&place.house, &place.home).await, Power::Unknown);
    place.house.targets.lead(NAME, Some(HERE));
    minutes(&place.house, 5, &[]).await;
    assert_eq!(power(&place.house, &place.home).await, Power::On);
    assert!(
        place.kinds().await.is_empty(),
        "nobody is told of what is not known"
    );
}

#[tokio::test]
async fn a_name_that_comes_to_lead_into_a_private_network_is_not_asked() {
    let place = place().await;
    for private in ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"] {
        place.house.targets.lead(NAME, Some(private.parse().unwrap()));
        place.house.world.pass_seconds(60);
        let report = place.house.check().await;
        assert_eq!((report.probes, report.probes_unclear), (1, 1), "{private}");
    }
    assert_eq!(place.misses().await, 0);
}

#[tokio::test]
async fn while_we_do_not_hear_ourselves_a_miss_counts_for_nothing_and_an_answer_counts() {
    let mut place = place().await;
    place.fall();
    place.house.road.set_blocked(true);
    minutes(&place.house, 5, &[]).await;
    assert_eq!(place.misses().await, 0);
    assert_eq!(power(&place.house, &place.home).await, Power::On);
    place.house.road.set_blocked(false);
    minutes(&place.house, 2, &[]).await;
    assert_eq!(power(&place.house, &place.home).await, Power::Off);
    place.house.road.set_blocked(true);
    place.rise().await;
    minutes(&place.house, 5, &[]).await;
    assert_eq!(power(&place.house, &place.home).await, Power::On);
    place.house.settle().await;
}

#[tokio::test]
async fn with_another_target_everything_begins_anew() {
    let mut place = place().await;
    place.fall();
    minutes(&place.house, 1, &[]).await;
    let owner = caller(&place.house, place.home.owner);
    let another = Target::parse(&format!("tcp://other.example.com:{}", place.port)).unwrap();
    let change = |target: &Target| DetectorChange {
        target: Some(target.clone()),
        ..DetectorChange::default()
    };
    let (read, changed) = place
        .house
        .app
        .change_detector(
            &owner,
            place.home.id,
            place.probe,
            Expected::Any,
            change(&another),
        )
        .await
        .unwrap();
    assert_eq!(changed.target(), Some(&another));
    assert!(read.beats.is_empty() && read.tries.is_empty());
    minutes(&place.house, 5, &[]).await;
    assert_eq!(
        power(&place.house, &place.home).await,
        Power::Unknown,
        "a target that never answered says nothing"
    );
    let wrong = DetectorChange {
        grace_s: Some(60),
        period_s: Some(30),
        ..DetectorChange::default()
    };
    let refused = place
        .house
        .app
        .change_detector(&owner, place.home.id, place.probe, Expected::Any, wrong)
        .await;
    let Err(Failure::Invalid(errors)) = refused else {
        panic!("{refused:?}");
    };
    let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
    assert_eq!(fields, ["grace_s", "period_s"]);
}

#[tokio::test]
async fn a_removed_home_is_tried_no_more_and_leaves_nothing() {
    let place = place().await;
    let owner = caller(&place.house, place.home.owner);
    place
        .house
        .app
        .remove_home(&owner, place.home.id, Expected::Any)
        .await
        .unwrap();
    place.house.world.pass_seconds(60);
    assert_eq!(place.house.check().await.probes, 0);
    minutes(&place.house, 3, &[]).await;
    assert!(
        place
            .house
            .app
            .grid
            .checked_home(place.home.id)
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn many_homes_are_tried_at_once_and_each_once() {
    let place = place().await;
    let region = known(&place.house, place.home.id).await.region;
    for owner in place.house.crowd(region, 80).await {
        let owner = place.house.app.people.account(owner).await.unwrap().unwrap().user;
        let home = home(&place.house, &owner, region).await;
        let owner = caller(&place.house, owner.id);
        place
            .house
            .app
            .add_detector(&owner, home.id, probe(place.port))
            .await
            .unwrap();
    }
    place.house.world.pass_seconds(60);
    let report = place.house.check().await;
    assert_eq!(
        (report.probes, report.homes_turned, report.left_for_next),
        (81, 80, 0),
        "{report:?}"
    );
    let found = place.house.app.region(region).await.unwrap();
    assert_eq!(
        (found.homes.on, found.homes.unknown),
        (81, 0),
        "counted one by one"
    );
}
