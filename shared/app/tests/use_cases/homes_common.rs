//! Homes of tests, and the devices in them.

use kabar_app::{
    Expected,
    power::{NewDetector, NewHome},
};
use kabar_domain::{
    ids::{DetectorId, HomeId, RegionId, SessionId, UserId},
    people::{Caller, User},
    power::{Home, Means, Power, Says, Thresholds},
};
use kabar_testkit::House;

/// Somebody logged in.
pub(crate) fn caller(house: &House, user: UserId) -> Caller {
    Caller {
        user,
        session: SessionId::new(&*house.world),
        roles: Vec::new(),
    }
}

/// A home of somebody's.
pub(crate) async fn home(house: &House, owner: &User, region: RegionId) -> Home {
    let new = NewHome {
        name: format!("Rumah {}", owner.profile.first_name),
        region,
        zone: None,
    };
    house.app.add_home(&caller(house, owner.id), new).await.unwrap()
}

/// Makes somebody a member of a home.
pub(crate) async fn join(house: &House, home: &Home, member: UserId) {
    let owner = caller(house, home.owner);
    let code = house.app.invite(&owner, home.id, None).await.unwrap().code;
    let member = caller(house, member);
    house.app.join_home(&member, &code).await.unwrap();
}

/// A device of a home.
pub(crate) struct Device {
    pub(crate) id: DetectorId,
    pub(crate) key: String,
}

/// How a device calls.
pub(crate) fn heartbeat(period_s: u32, grace_s: u32) -> NewDetector {
    NewDetector {
        name: "Router".to_owned(),
        means: Means::Heartbeat { period_s, grace_s },
        thresholds: Thresholds::default(),
    }
}

/// Adds a device to a home.
pub(crate) async fn device(house: &House, home: &Home, new: NewDetector) -> Device {
    let owner = caller(house, home.owner);
    let made = house.app.add_detector(&owner, home.id, new).await.unwrap();
    Device {
        id: made.detector.id,
        key: made.key.unwrap(),
    }
}

/// A device calls, and is heard unless the road is blocked.
pub(crate) async fn beat(house: &House, device: &Device, says: Says) {
    if !house.road.is_blocked() {
        house.app.ping(&device.key, says).await.unwrap();
    }
}

/// What is known of a home.
pub(crate) async fn known(house: &House, id: HomeId) -> Home {
    house.app.grid.home(id).await.unwrap().unwrap().home
}

/// Whether a home has power, as the last check decided.
pub(crate) async fn power(house: &House, home: &Home) -> Power {
    known(house, home.id).await.status
}

/// Lets minutes pass in which devices call once each, the check runs, and what it has to tell is told.
pub(crate) async fn minutes(house: &House, minutes: u32, devices: &[&Device]) {
    for _ in 0..minutes {
        house.world.pass_seconds(60);
        for device in devices {
            beat(house, device, Says::Alive).await;
        }
        house.check().await;
        house.drain().await;
    }
}

/// Says by hand that a home has no power, or has it.
pub(crate) async fn say_by_hand(house: &House, home: &Home, word: kabar_domain::power::Word) {
    let owner = caller(house, home.owner);
    let said = house.app.say_by_hand(&owner, home.id, Expected::Any, word).await;
    said.unwrap();
}

/// The subjects of all mails to an address, in their order.
pub(crate) fn subjects(house: &House, user: &User) -> Vec<String> {
    let mails = house.ses.mails();
    let theirs = mails.iter().filter(|mail| mail.to == user.profile.email.as_str());
    theirs.map(|mail| mail.subject.clone()).collect()
}
