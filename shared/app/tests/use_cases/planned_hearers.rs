//! Who is told of planned cuts: followers by mail and in Telegram, and the people of homes.

use kabar_domain::{
    news::Topic,
    people::User,
    power::{Channel, Region},
};
use kabar_testkit::{House, Person};

use crate::{
    change_user::myself,
    chats_common::{added, connect, follow},
    common::{ANNA, JOHN, SARI},
    homes_common::{home, join, subjects},
    planned_common::{pass, plan, planned},
};

/// A region that Sari and Anna follow.
async fn setting() -> (House, Region, [User; 2]) {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let sari = house.follower(region.id, SARI).await;
    let anna = house.follower(region.id, ANNA).await;
    (house, region, [sari, anna])
}

const AHEAD: &str = "Planned power cut in Bandung";
const OFF: &str = "Planned power cut in Bandung is cancelled";

#[tokio::test]
async fn chats_are_told_as_they_are_of_outages() {
    let (house, region, _) = setting().await;
    let john = house.user(JOHN).await;
    follow(&house, &john, region.id, &[Channel::Telegram]).await;
    connect(&house, &john, 300).await;
    added(&house, 100, None).await;
    let elsewhere = house.region("Medan").await;
    added(&house, 400, Some(vec![elsewhere.id])).await;
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    pass(&house, 1).await;
    house.settle().await;
    assert_eq!(
        house.bot.told(300),
        [
            "🗓 <b>Planned power cut in Bandung</b>\nFrom Saturday, 21 November 2026, 17:20 WIB\n\
          Until Saturday, 21 November 2026, 18:20 WIB\nNew transformer"
        ]
    );
    assert_eq!(house.bot.told(100).len(), 1);
    plan(&house, region.id, &[]).await;
    pass(&house, 2).await;
    house.settle().await;
    assert_eq!(
        house.bot.told(300)[1..],
        ["🗓 <b>The planned power cut in Bandung is cancelled</b>\n\
          Was to begin Saturday, 21 November 2026, 17:20 WIB\nNew transformer"]
    );
    assert!(house.bot.told(400).is_empty(), "of another region");
    assert_eq!(house.ses.mails().len(), 4, "the two others by mail");
}

#[tokio::test]
async fn whoever_wants_no_news_of_outages_gets_none_of_planned_cuts() {
    let (house, region, [sari, anna]) = setting().await;
    let none = [(Topic::Outages, Channel::Email, false)];
    let (caller, any) = (myself(&sari), kabar_app::Expected::Any);
    let changed = house.app.change_preferences(&caller, any, &none);
    changed.await.unwrap();
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    pass(&house, 1).await;
    house.settle().await;
    assert!(subjects(&house, &sari).is_empty());
    assert_eq!(subjects(&house, &anna), [AHEAD]);
}

#[tokio::test]
async fn people_of_homes_are_told_too_once_whatever_else_they_follow() {
    let (house, region, [sari, anna]) = setting().await;
    let john = house.user(JOHN).await;
    // Sari follows the region and has a home there; John has two, is of Sari's, and of one elsewhere.
    let of_sari = home(&house, &sari, region.id).await;
    join(&house, &of_sari, john.id).await;
    for _ in 0..2 {
        home(&house, &john, region.id).await;
    }
    let elsewhere = house.region("Medan").await;
    home(&house, &john, elsewhere.id).await;
    let medan = house.user(Person { name: "Medi", ..ANNA }).await;
    home(&house, &medan, elsewhere.id).await;
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    pass(&house, 1).await;
    house.settle().await;
    for person in [&sari, &anna, &john] {
        assert_eq!(subjects(&house, person).len(), 1, "{}", person.profile.first_name);
    }
    assert!(subjects(&house, &medan).is_empty(), "not his region");
    // Who left, or follows by now, hears as what they are, once.
    plan(&house, region.id, &[]).await;
    house.world.pass_seconds(60);
    house.check().await;
    house.follows(region.id, &john).await;
    house.settle().await;
    assert_eq!(subjects(&house, &john), [AHEAD, OFF]);
    for told in house.told().await {
        house.assert_all_ended(told.notice.id).await;
    }
}

#[tokio::test]
async fn residents_of_hundreds_of_homes_are_told_once_each() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let owner = house.user(SARI).await;
    let mut members = Vec::new();
    for n in 0..130 {
        let name = format!("Member{n}");
        let member = house.user(Person { name: &name, ..ANNA }).await;
        // Each of the first is of two homes, which are planned in different steps.
        let of = match n {
            0..100 => home(&house, &member, region.id).await,
            _ => home(&house, &owner, region.id).await,
        };
        if n >= 100 {
            join(&house, &of, member.id).await;
            let first: &User = &members[n - 100];
            join(&house, &of, first.id).await;
        }
        members.push(member);
    }
    plan(&house, region.id, &[planned(&house, "a", 20, 80)]).await;
    pass(&house, 1).await;
    house.settle().await;
    for member in members.iter().chain([&owner]) {
        assert_eq!(subjects(&house, member).len(), 1);
    }
    assert_eq!(house.ses.mails().len(), 131);
}
