//! How much waits in each lane, and how late it is, for staff.

use kabar_courier::LaneWork;
use kabar_domain::{ids::PageId, news::Lane};
use kabar_testkit::Queue;
use serde_json::{Value, json};

use crate::{
    mailings,
    site::{Site, Who},
};

const PATH: &str = "/api/queues/";

async fn lane(site: &Site, name: &str) -> Value {
    let seen = site.get(Who::Admin, PATH).await;
    assert_eq!(seen.status, 200, "{}", seen.json);
    let lanes = seen.json["queues"].as_array().unwrap();
    assert_eq!(lanes.len(), 4);
    lanes.iter().find(|one| one["lane"] == name).unwrap().clone()
}

#[tokio::test]
async fn staff_see_what_waits_and_how_late_what_was_sent_came() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let region = site.region().await;
    let followers = format!("/api/regions/{region}/followers");
    site.call(Who::Superuser, "POST", &followers, Value::Null).await;
    let status = format!("/api/regions/{region}/status");
    site.call(Who::Superuser, "PUT", &status, json!({ "status": "off" }))
        .await;
    site.house.check().await;
    while let Some(message) = site.house.queues.take() {
        let is_page = message.queue == Queue::Urgent;
        match is_page {
            true => site.house.queues.put_back(message),
            false => site.house.deliver(&message).await,
        }
        if is_page {
            break;
        }
    }
    let urgent = lane(&site, "urgent").await;
    assert_eq!(
        urgent,
        json!({ "lane": "urgent", "waiting": 1, "in_flight": 0, "delayed": 0, "latest": [] })
    );

    site.house.world.pass_seconds(7);
    site.house.drain().await;
    let urgent = lane(&site, "urgent").await;
    assert_eq!(urgent["waiting"], 0);
    let late = &urgent["latest"][0];
    assert_eq!(late["kind"], "outage");
    assert_eq!(late["not_before"], "2026-11-21T10:00:00Z");
    assert_eq!(late["first_sent_at"], "2026-11-21T10:00:07Z");
    assert_eq!(late["last_sent_at"], "2026-11-21T10:00:07Z");
}

#[tokio::test]
async fn what_comes_up_later_is_told_from_what_waits_and_a_mailing_has_its_own_times() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let client = json!({ "phone": "79160000001", "time_zone": "UTC", "email": "ayu@example.com" });
    let made = site.call(Who::Superuser, "POST", "/api/clients/", client).await;
    assert_eq!(made.status, 201);
    mailings::mailing(&site).await;
    site.house.drain().await;
    let bulk = lane(&site, "bulk").await;
    let first = &bulk["latest"][0];
    assert_eq!(
        (&first["kind"], first["first_sent_at"].is_string()),
        (&json!("mailing"), true)
    );
    let page = PageId::parse("01990000-0000-7000-8000-000000000100").unwrap();
    let work = LaneWork::Send(page);
    site.house.app.lanes.put(Lane::Bulk, work, 60).await.unwrap();
    let bulk = lane(&site, "bulk").await;
    assert_eq!((&bulk["waiting"], &bulk["delayed"]), (&json!(0), &json!(1)));
    site.house.queues.lose_all();
    site.house.queues.set_down(true);
    assert_eq!(site.get(Who::Admin, PATH).await.status, 503);
}
