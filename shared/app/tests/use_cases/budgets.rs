//! What it costs, in the units that DynamoDB reports (DESIGN §3).

use kabar_domain::World;
use kabar_store::{DUE_SHARDS, Window};
use kabar_testkit::{House, PASSWORD, Use};

use crate::common::{ANNA, cut};

fn assert_within(used: Use, requests: u32, read: f64, write: f64, what: &str) {
    let is_within = used.requests <= requests && used.read <= read && used.write <= write;
    assert!(
        is_within,
        "{what} used {used}, allowed are {requests} requests, {read} read, {write} write units"
    );
}

/// Of the write units one is the entry by which each finds the message among their own.
/// Of the read units two are what each person wants to be told, and whether their address can be mailed: read as they
/// were last written, for what somebody says is true from the next message on. A million of both cost 0.25 dollars.
#[tokio::test]
async fn a_thousand_people_are_told_within_two_and_a_half_write_and_read_units_each() {
    let people = 1_000;
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, people).await;
    let notice = cut(&house, &region).await;
    let _ = house.meter().take();
    house.drain().await;
    let by_operation = house.meter().take();
    let sum = |of: fn(&Use) -> f64| by_operation.values().map(of).sum::<f64>() / people as f64;
    let (read, write) = (sum(|used| used.read), sum(|used| used.write));
    assert!(
        write <= 2.5 && read <= 2.5,
        "{write} write and {read} read units a person: {by_operation:#?}"
    );
    house.assert_all_ended(notice).await;
    assert_eq!(house.ses.mails().len(), people);
}

#[tokio::test]
async fn a_sweep_and_a_check_with_nothing_due_ask_each_shard_once_and_the_check_hears_itself() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    house.crowd(region.id, 20).await;
    cut(&house, &region).await;
    house.settle().await;
    let shards = u32::from(DUE_SHARDS);
    let _ = house.meter().take();
    house.sweep().await;
    assert_within(
        house.meter().take_total(),
        shards,
        0.5 * f64::from(shards),
        0.0,
        "a sweep",
    );
    house.check().await;
    // One write is the beat of our own device, the other says that it was heard.
    assert_within(
        house.meter().take_total(),
        shards + 2,
        0.5 * f64::from(shards),
        2.0,
        "a check",
    );
}

#[tokio::test]
async fn reading_one_thing_takes_at_most_two_requests_and_two_units() {
    let house = House::new().await;
    let region = house.region("Bandung").await;
    let user = house.follower(region.id, ANNA).await;
    let notice = cut(&house, &region).await;
    house.settle().await;
    let caller = kabar_domain::people::Caller {
        user: user.id,
        ..house.caller(&[])
    };
    let group = house
        .app
        .add_group(&kabar_domain::people::GroupName::parse("admin").unwrap())
        .await
        .unwrap();
    let _ = house.meter().take();

    house.app.me(&caller).await.unwrap();
    assert_within(house.meter().take_total(), 1, 1.0, 0.0, "me");
    house.app.region(region.id).await.unwrap();
    assert_within(house.meter().take_total(), 1, 1.0, 0.0, "a region");
    house.app.notice(notice).await.unwrap();
    assert_within(house.meter().take_total(), 1, 1.0, 0.0, "a notice");
    house.app.group(group.id).await.unwrap();
    assert_within(house.meter().take_total(), 1, 1.0, 0.0, "a group");
}

#[tokio::test]
async fn a_list_of_fifty_takes_at_most_two_requests() {
    let house = House::new().await;
    for n in 0..60 {
        house.world.pass_seconds(1);
        let region = house.region(&format!("Region {n}")).await;
        house.say(region.id, kabar_domain::power::Word::Off).await;
    }
    house.check().await;
    house.settle().await;
    let window = Window::first(50);
    let _ = house.meter().take();
    assert_eq!(house.app.regions(&window).await.unwrap().entries.len(), 50);
    assert_within(house.meter().take_total(), 1, 5.0, 0.0, "regions");
    assert_eq!(house.app.notices(&window).await.unwrap().entries.len(), 50);
    assert_within(house.meter().take_total(), 2, 35.0, 0.0, "notices");
    let open = kabar_store::power::OutageFilter {
        is_open: Some(true),
        ..Default::default()
    };
    let found = house.app.outages(None, &open, &window).await.unwrap();
    assert_eq!(found.entries.len(), 50);
    // Each may have been told of in Telegram as well, in a notice with counters of its own.
    assert_within(house.meter().take_total(), 2, 60.0, 0.0, "outages");
}

#[tokio::test]
async fn a_login_takes_four_requests_a_refresh_two_and_a_token_one() {
    let house = House::new().await;
    let new = kabar_app::people::NewUser {
        profile: ANNA.profile(),
        password: kabar_domain::people::Password::parse(PASSWORD, None).unwrap(),
    };
    house.app.sign_up(new).await.unwrap();
    let _ = house.meter().take();
    let from = Some("192.0.2.1".parse().unwrap());
    let tokens = house.app.log_in("anna", PASSWORD, from).await.unwrap();
    assert_within(house.meter().take_total(), 4, 2.0, 10.0, "a login by name");
    house
        .app
        .log_in("anna@example.com", PASSWORD, from)
        .await
        .unwrap();
    assert_within(house.meter().take_total(), 4, 3.0, 12.0, "a login by address");
    house.app.authenticate(&tokens.access).await.unwrap();
    assert_within(house.meter().take_total(), 1, 1.0, 0.0, "a token");
    house.app.refresh(&tokens.refresh).await.unwrap();
    assert_within(house.meter().take_total(), 2, 1.0, 2.0, "a refresh");
    assert!(house.world.now() > jiff::Timestamp::UNIX_EPOCH);
}
