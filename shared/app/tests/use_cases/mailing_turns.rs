//! Mailings of equal rank take turns, however many pages one of them has.

use kabar_domain::{
    ids::ClientId,
    mailings::{Client, NewClient, OperatorCode, Phone, Tag},
    news::{PAGES_IN_LANE, Status},
    people::Email,
};
use kabar_testkit::{BERLIN, House, JAKARTA, Queue};

use crate::{
    common::{cut, plan_queued},
    mailings_common::{clients, of_operator, says},
};

const ZONES: [&str; 6] = [
    JAKARTA,
    BERLIN,
    "UTC",
    "Asia/Tokyo",
    "America/New_York",
    "Asia/Kolkata",
];

/// One client of an operator of their own.
async fn lone(house: &House) {
    let new = NewClient {
        phone: Phone::parse("79039999999").unwrap(),
        operator_code: Some(OperatorCode::parse("903").unwrap()),
        tag: Tag::default(),
        zone: kabar_domain::Zone::utc(),
        email: Some(Email::parse("lone@example.com").unwrap()),
        first_name: String::new(),
        language: None,
    };
    let now = kabar_domain::World::now(&*house.world);
    let client = Client::new(ClientId::new(&*house.world), new, now);
    house.app.mailings.add_client(&client).await.unwrap();
}

#[tokio::test]
async fn a_short_mailing_waits_for_as_many_pages_as_a_long_one_has_in_the_lane_and_an_outage_for_none() {
    let house = House::new().await;
    clients(&house, 96, &ZONES).await;
    lone(&house).await;
    let mut long = says(&house);
    long.filter = of_operator("916");
    let long = house.app.add_mailing(long).await.unwrap().mailing;
    plan_queued(&house).await;
    assert_eq!(house.queues.waiting().len(), PAGES_IN_LANE);
    let mut short = says(&house);
    short.filter = of_operator("903");
    let short = house.app.add_mailing(short).await.unwrap().mailing;
    // The planner's message is behind the pages of the lane in this one list, and in a queue of its own in fact.
    let mut pages = 0;
    while house.statuses(short.notice).await != [Status::Sent] {
        let message = house.queues.take().unwrap();
        pages += usize::from(message.queue == Queue::Bulk);
        house.deliver(&message).await;
    }
    assert!(pages <= 2 * PAGES_IN_LANE + 1, "{pages} pages");
    house.world.pass_seconds(1);
    let region = house.region("Bandung").await;
    house.crowd(region.id, 3).await;
    let outage = cut(&house, &region).await;
    let queues: Vec<Queue> = house
        .queues
        .waiting()
        .iter()
        .map(|message| message.queue)
        .collect();
    assert!(queues.iter().filter(|queue| **queue == Queue::Bulk).count() <= PAGES_IN_LANE);
    house.plan(outage).await;
    let urgent = house
        .queues
        .waiting()
        .into_iter()
        .find(|message| message.queue == Queue::Urgent);
    house.deliver(&urgent.unwrap()).await;
    assert_eq!(house.statuses(outage).await, [Status::Sent; 3]);
    assert!(house.app.notice(long.notice).await.unwrap().tally.ended() < 96);
    house.settle().await;
    house.assert_all_ended(long.notice).await;
}
