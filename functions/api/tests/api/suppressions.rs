//! The suppression list and the brake, for staff.

use kabar_domain::news::{Brake, BrakeReason, Reputation};
use serde_json::{Value, json};

use crate::site::{Answer, Site, Who, numbered};

const PATH: &str = "/api/suppressions/";

async fn suppress(site: &Site, body: Value) -> Answer {
    site.call(Who::Admin, "POST", PATH, body).await
}

fn entries(answer: &Answer) -> &[Value] {
    answer.json["suppressions"].as_array().unwrap()
}

#[tokio::test]
async fn staff_list_add_and_lift() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let made = suppress(&site, json!({ "email": "Gone@example.com" })).await;
    assert_eq!(made.status, 201);
    // Their ids are made of the hash of the address.
    insta::assert_json_snapshot!("suppressions", numbered(made.json.clone()));

    let again = suppress(&site, json!({ "email": "gone@EXAMPLE.com", "topic": "mailings" })).await;
    assert_eq!((again.status.as_u16(), entries(&again).len()), (201, 1));
    assert_eq!(entries(&again)[0], entries(&made)[2], "it stays as it was");

    site.house.world.pass_seconds(1);
    suppress(
        &site,
        json!({ "email": "full@example.com", "topic": "reminders" }),
    )
    .await;
    let list = site.get(Who::Superuser, PATH).await;
    let emails: Vec<_> = entries(&list)
        .iter()
        .map(|e| e["email"].as_str().unwrap())
        .collect();
    assert_eq!(emails[0], "full@example.com", "the newest first");
    assert_eq!(emails.len(), 4);
    for (filter, count) in [
        ("email=GONE@example.com", 3),
        ("topic=reminders", 2),
        ("email=full@example.com&topic=mailings", 0),
        ("email=nobody@example.com", 0),
    ] {
        let found = site.get(Who::Admin, &format!("{PATH}?{filter}")).await;
        assert_eq!(entries(&found).len(), count, "{filter}");
    }

    let one = format!("{PATH}{}/", entries(&made)[0]["id"].as_str().unwrap());
    let read = site.get(Who::Admin, &one).await;
    assert_eq!(read.json, entries(&made)[0]);
    let lift = || (Who::Admin, "DELETE", one.as_str(), Value::Null);
    assert_eq!(site.call_with(lift(), ("if-match", "\"7\"")).await.status, 412);
    let lifted = site.call_with(lift(), ("if-match", read.header("etag"))).await;
    assert_eq!(lifted.status, 204);
    assert_eq!(
        site.call(Who::Admin, "DELETE", &one, Value::Null).await.status,
        404
    );
    assert_eq!(site.get(Who::Admin, &one).await.status, 404);
}

#[tokio::test]
async fn a_long_list_goes_on_where_it_stopped() {
    let site = Site::with(&[Who::Admin]).await;
    for n in 0..5 {
        suppress(&site, json!({ "email": format!("gone{n}@example.com") })).await;
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let part = site.get(Who::Admin, &format!("{PATH}?limit=4{cursor}")).await;
        seen.extend(entries(&part).iter().map(|entry| entry["id"].clone()));
        match part.json["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 15);
    seen.sort_by_key(Value::to_string);
    seen.dedup();
    assert_eq!(seen.len(), 15, "each once");
}

#[tokio::test]
async fn every_bad_field_and_parameter_is_named() {
    let site = Site::with(&[Who::Admin]).await;
    for (body, fields) in [
        (json!({}), vec!["email"]),
        (json!({ "email": null, "topic": 1 }), vec!["email", "topic"]),
        (
            json!({ "email": "x", "topic": "passwords" }),
            vec!["email", "topic"],
        ),
        (
            json!({ "email": "a@example.com\r\nb@example.com" }),
            vec!["email"],
        ),
        (json!({ "email": ["gone@example.com"] }), vec!["email"]),
    ] {
        let refused = suppress(&site, body).await;
        assert_eq!((refused.status.as_u16(), refused.bad_fields()), (400, fields));
    }
    let query = format!("{PATH}?email=x&topic=y&limit=0&cursor=z");
    let refused = site.get(Who::Admin, &query).await;
    assert_eq!(refused.bad_fields(), ["cursor", "email", "limit", "topic"]);
    assert!(entries(&site.get(Who::Admin, PATH).await).is_empty());
}

#[tokio::test]
async fn staff_see_the_brake_and_let_mailings_go_on() {
    let site = Site::with(&[Who::Admin]).await;
    let off = json!({ "is_on": false, "reason": null, "since": null, "answered": 0, "bounced": 0, "complained": 0 });
    let before = site.get(Who::Admin, "/api/brake").await;
    assert_eq!((before.status.as_u16(), &before.json), (200, &off));

    let now = kabar_domain::World::now(&*site.house.world);
    let back = Reputation {
        answered: 1_200,
        bounced: 90,
        complained: 1,
    };
    let notices = site.house.notices();
    notices.count_answers(&back, now).await.unwrap();
    let brake = Brake {
        reason: BrakeReason::Bounces,
        since: now,
    };
    assert!(notices.set_brake(&brake).await.unwrap());
    let on = site.get(Who::Admin, "/api/brake").await;
    let expected = json!({ "is_on": true, "reason": "bounces", "since": "2026-11-21T10:00:00Z",
        "answered": 1_200, "bounced": 90, "complained": 1 });
    assert_eq!(on.json, expected);
    assert_ne!(on.header("etag"), before.header("etag"));

    for _ in 0..2 {
        let released = site.call(Who::Admin, "DELETE", "/api/brake", Value::Null).await;
        assert_eq!(released.status, 204);
        assert_eq!(site.get(Who::Admin, "/api/brake").await.json, off);
    }
}
