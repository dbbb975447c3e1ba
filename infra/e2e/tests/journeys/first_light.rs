use jiff::{Timestamp, tz::TimeZone};
use kabar_domain::World;
use kabar_local::Options;
use serde_json::Value;

use crate::stack::{Stack, eventually};

/// What a clock in a zone shows at a moment, as mails say it.
fn clock(moment: &Value, zone: &str, format: &str) -> String {
    let moment: Timestamp = moment.as_str().unwrap().parse().unwrap();
    moment
        .to_zoned(TimeZone::get(zone).unwrap())
        .strftime(format)
        .to_string()
}

#[tokio::test]
async fn a_region_loses_power_and_its_people_are_told_once() {
    let stack = Stack::start(Options::default()).await;
    let region = stack.region("Bandung").await;
    stack.follower(&region, "sari", "id", "Asia/Jakarta").await;
    stack.follower(&region, "anna", "en", "Europe/Berlin").await;
    stack.follower(&region, "tom", "en", "Asia/Jakarta").await;

    stack.say(&region, "off").await;
    assert_eq!(stack.invoke("power-check", None).await["outages_opened"], 1);
    assert_eq!(stack.told(&region, "outage").await["counts"]["sent"], 3);

    let outages = stack.get(&format!("/api/outages/?region={region}")).await;
    let outage = &outages["outages"][0];
    assert_eq!(
        (outages["outages"].as_array().unwrap().len(), &outage["ended_at"]),
        (1, &Value::Null)
    );
    let mails = stack.mails().await;
    assert_eq!(mails.len(), 3);
    let started = &outage["started_at"];
    for (to, subject, time) in [
        (
            "sari@example.com",
            "Listrik padam di Bandung",
            clock(started, "Asia/Jakarta", "%H.%M WIB"),
        ),
        (
            "anna@example.com",
            "Power is out in Bandung",
            clock(started, "Europe/Berlin", "%H:%M CE"),
        ),
        (
            "tom@example.com",
            "Power is out in Bandung",
            clock(started, "Asia/Jakarta", "%H:%M WIB"),
        ),
    ] {
        let (_, said, text) = mails.iter().find(|(reader, ..)| reader.contains(to)).unwrap();
        assert_eq!(said, subject);
        assert!(text.contains(&time), "{to} is not told {time}:\n{text}");
    }

    // The check runs on for three hours: every five minutes, twice at once, and now and then out of order.
    let now: Timestamp = started.as_str().unwrap().parse().unwrap();
    for minutes in (0..36).map(|n| if n % 7 == 3 { n * 5 - 20 } else { n * 5 }) {
        let time = now + jiff::SignedDuration::from_mins(minutes) + jiff::SignedDuration::from_secs(1);
        let (a, b) = tokio::join!(
            stack.invoke("power-check", Some(time)),
            stack.invoke("power-check", Some(time))
        );
        assert_eq!(
            (&a["outages_opened"], &b["outages_opened"]),
            (&Value::from(0), &Value::from(0))
        );
    }
    stack.invoke("mailing-dispatch", None).await;

    stack.say(&region, "on").await;
    let (a, b) = tokio::join!(
        stack.invoke("power-check", None),
        stack.invoke("power-check", None)
    );
    let closed = a["outages_closed"].as_u64().unwrap() + b["outages_closed"].as_u64().unwrap();
    assert_eq!(closed, 1);
    assert_eq!(stack.told(&region, "restored").await["counts"]["sent"], 3);
    let mails = stack.mails().await;
    assert_eq!(mails.len(), 6, "three about the cut, three about its end");
    let back = |words: &str| {
        mails
            .iter()
            .filter(|(_, subject, _)| subject.contains(words))
            .count()
    };
    assert_eq!(
        (
            back("is back in Bandung after"),
            back("menyala kembali di Bandung setelah")
        ),
        (2, 1)
    );
    let outages = stack.get(&format!("/api/outages/?region={region}")).await;
    assert_eq!(outages["outages"].as_array().unwrap().len(), 1);
    assert!(outages["outages"][0]["duration_s"].is_u64());
    assert_eq!(outages["outages"][0]["people_told"], 3);
}

#[tokio::test]
async fn the_schedules_find_by_themselves_what_no_queue_told_them() {
    let stack = Stack::start(Options::default()).await;
    let region = stack.region("Cimahi").await;
    stack.follower(&region, "sari", "id", "Asia/Jakarta").await;
    // Every message to a queue is refused, so only the schedules can go on. The SDK tries each call three times.
    stack.fault("sqs", "error", 6).await;
    stack.say(&region, "off").await;
    assert_eq!(stack.invoke("power-check", None).await["not_queued"], 1);
    eventually("the notice is told", async || {
        let later = kabar_kit::SystemWorld.now() + jiff::SignedDuration::from_mins(2);
        stack.invoke("mailing-dispatch", Some(later)).await;
        (stack.notice(&region).await["status"] == "done").then_some(())
    })
    .await;
    assert_eq!(stack.told(&region, "outage").await["counts"]["sent"], 1);
    assert_eq!(stack.mails().await.len(), 1);
}
