//! A cut of three hours, as two hundred homes see it (SPEC §11 D1).

use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use kabar_app::power::NewDetector;
use kabar_domain::{
    World,
    ids::UserId,
    power::{HomeTally, Power, Says, Thresholds},
};
use kabar_store::{Window, power::OutageFilter};
use kabar_testkit::House;

use crate::homes_common::{Device, device, heartbeat, home, join};

const HOMES: usize = 200;
/// Devices call so rarely that a test of two days ends soon, and often enough that a cut of three hours is noticed.
const PERIOD_S: u32 = 2_700;
const GRACE_S: u32 = 60;
/// How many may be lost in a row: of three, one in a hundred thousand is.
const MISSES: u32 = 3;
const JITTER_S: usize = 30;

/// A device with the second of its period at which it calls.
struct Caller {
    device: Device,
    phase_s: i64,
}

struct Storm {
    house: House,
    callers: Vec<Caller>,
    started: Timestamp,
}

impl Storm {
    /// Lets minutes pass, with a check after each step of so many. Where there is power each device calls once in its period, up to half a minute late, and one call
    /// in fifty is lost.
    async fn pass(&self, minutes: i64, step: i64, is_lit: bool) {
        let step_s = 60 * step;
        for _ in 0..minutes / step {
            let from = self.house.world.now().duration_since(self.started).as_secs();
            let calls = self.callers.iter().filter(|one| {
                let in_period = (from - one.phase_s).rem_euclid(i64::from(PERIOD_S));
                in_period < step_s && is_lit
            });
            self.house.world.pass_seconds(step_s);
            let calls: Vec<_> = calls.filter(|_| self.house.world.below(50) != 0).collect();
            let late = self.house.world.below(JITTER_S);
            self.house.world.pass_seconds(i64::try_from(late).unwrap());
            stream::iter(calls)
                .for_each_concurrent(16, |one| async {
                    let heard = self.house.app.ping(&one.device.key, Says::Alive).await;
                    heard.unwrap();
                })
                .await;
            self.house.world.pass_seconds(-i64::try_from(late).unwrap());
            let found = self.house.check().await;
            // Most looks find nothing that anybody has to be told.
            if found.homes_turned + found.regions > 0 {
                self.house.drain().await;
            }
        }
    }
}

#[tokio::test]
async fn a_cut_of_three_hours_seen_by_two_hundred_homes_is_told_to_each_once_and_its_end_once() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    // Of the owners, all follow the region; of the members, none; and there are followers without a home.
    let owners = house.crowd(region.id, HOMES).await;
    let others = house.crowd(region.id, 20).await;
    let mut members = Vec::new();
    let mut callers = Vec::new();
    for (n, owner) in owners.iter().enumerate() {
        let owner = house.app.people.account(*owner).await.unwrap().unwrap().user;
        let home = home(&house, &owner, region.id).await;
        if n % 10 == 0 {
            let name = format!("member{n}");
            let member = house
                .user(kabar_testkit::Person {
                    name: &name,
                    language: kabar_domain::Language::En,
                    zone: kabar_testkit::JAKARTA,
                })
                .await;
            join(&house, &home, member.id).await;
            members.push(member.id);
        }
        let new = NewDetector {
            thresholds: Thresholds {
                misses: MISSES,
                ..Thresholds::default()
            },
            ..heartbeat(PERIOD_S, GRACE_S)
        };
        callers.push(Caller {
            device: device(&house, &home, new).await,
            phase_s: i64::try_from(house.world.below(PERIOD_S as usize)).unwrap(),
        });
    }
    let started = house.world.now();
    let storm = Storm {
        house,
        callers,
        started,
    };
    let house = &storm.house;

    storm.pass(24 * 60, 2, true).await;
    assert!(house.told().await.is_empty(), "a quiet day before");
    let lit = house.app.region(region.id).await.unwrap();
    assert_eq!(
        lit.homes,
        HomeTally {
            on: 200,
            off: 0,
            unknown: 0
        }
    );

    let cut_at = house.world.now();
    storm.pass(3 * 60, 1, false).await;
    let dark = house.app.region(region.id).await.unwrap();
    assert_eq!(
        dark.homes,
        HomeTally {
            on: 0,
            off: 200,
            unknown: 0
        }
    );
    storm.pass(24 * 60, 2, true).await;
    house.settle().await;

    let window = Window::first(50);
    let found = house
        .app
        .grid
        .outages(&OutageFilter::default(), &window)
        .await
        .unwrap();
    let [outage] = found.entries.try_into().unwrap();
    let patience = SignedDuration::from_secs(i64::from(PERIOD_S * MISSES + GRACE_S));
    let detected = outage.notice.created_at().duration_since(cut_at);
    assert!(
        detected <= patience + SignedDuration::from_secs(60),
        "{detected:?}"
    );
    let lasted = outage.duration_s().unwrap();
    assert!((2 * 3600..4 * 3600).contains(&lasted), "{lasted} s");
    assert_eq!(house.app.region(region.id).await.unwrap().status, Power::On);

    let mails = house.ses.mails();
    for person in owners.iter().chain(&others).chain(&members) {
        let theirs = mails_to(house, &mails, *person).await;
        let is_off =
            |subject: &&String| subject.starts_with("Power is out") || subject.starts_with("No signal");
        let off = theirs.iter().filter(is_off).count();
        assert_eq!((off, theirs.len()), (1, 2), "one off and one on: {theirs:?}");
    }
}

async fn mails_to(house: &House, mails: &[kabar_testkit::Mail], person: UserId) -> Vec<String> {
    let account = house.app.people.account(person).await.unwrap().unwrap();
    let address = account.user.profile.email;
    let theirs = mails.iter().filter(|mail| mail.to == address.as_str());
    theirs.map(|mail| mail.subject.clone()).collect()
}
