//! Dead letters, for staff.

use serde_json::{Value, json};

use crate::site::{Answer, Site, Who, numbered};

const PATH: &str = "/api/dead-letters/";

/// A page of the urgent lane that nobody could send; returns the id of its letter.
pub(crate) async fn buried(site: &Site) -> String {
    let region = site.region().await;
    let user = site.id_of(Who::User).to_string();
    let followers = format!("/api/regions/{region}/followers");
    site.call(Who::Superuser, "POST", &followers, json!({ "user_id": user }))
        .await;
    let status = format!("/api/regions/{region}/status");
    site.call(Who::Superuser, "PUT", &status, json!({ "status": "off" }))
        .await;
    site.house.check().await;
    let plan = site.house.queues.take().unwrap();
    site.house.deliver(&plan).await;
    let page = site.house.queues.take().unwrap();
    site.house.queues.bury(&page)
}

async fn look(site: &Site, queue: &str) -> Answer {
    site.get(Who::Admin, &format!("{PATH}{queue}/")).await
}

async fn act(site: &Site, what: &str, body: Value) -> Answer {
    site.call(Who::Admin, "POST", &format!("{PATH}{what}/"), body)
        .await
}

#[tokio::test]
async fn staff_see_what_could_not_be_done_and_have_it_done_again() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let id = buried(&site).await;
    site.house.world.pass_seconds(60);
    let queues = site.get(Who::Admin, PATH).await;
    insta::assert_json_snapshot!("dead_letter_queues", queues.json);
    let letters = look(&site, "urgent").await;
    assert_eq!(letters.json["dead_letters"][0]["id"], id.as_str());
    insta::assert_json_snapshot!("dead_letters", numbered(letters.json.clone()));

    let redriven = act(&site, "urgent/redrive", json!({ "ids": [id] })).await;
    assert_eq!(redriven.json, json!({ "count": 1, "missing": [], "left": 0 }));
    site.house.drain().await;
    assert_eq!(site.house.ses.mails().len(), 1);
    let again = act(&site, "urgent/redrive", json!({ "ids": [id] })).await;
    assert_eq!(again.json, json!({ "count": 0, "missing": [id], "left": 0 }));
}

#[tokio::test]
async fn to_count_letters_is_not_to_take_them() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    buried(&site).await;
    let received = || async {
        let letters = look(&site, "urgent").await;
        letters.json["dead_letters"][0]["received"].as_u64().unwrap()
    };
    let before = received().await;
    for _ in 0..5 {
        let counted = site.get(Who::Admin, &format!("{PATH}?count_only=true")).await;
        let mut queues = counted.json["dead_letters"].as_array().unwrap().iter();
        let urgent = queues.find(|queue| queue["queue"] == "urgent").unwrap();
        let said = (&urgent["queue"], &urgent["count"], &urgent["oldest_sent_at"]);
        assert_eq!(said, (&json!("urgent"), &json!(1), &Value::Null));
    }
    assert_eq!(received().await, before + 1);
    let odd = site.get(Who::Admin, &format!("{PATH}?count_only=perhaps")).await;
    assert_eq!(odd.bad_fields(), ["count_only"]);
    site.house.queues.lose_all();
}

#[tokio::test]
async fn without_ids_all_is_redriven_and_nothing_is_dropped() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    buried(&site).await;
    let refused = act(&site, "urgent/drop", json!({})).await;
    assert_eq!(
        (refused.status.as_u16(), refused.bad_fields()),
        (400, vec!["ids"])
    );
    assert_eq!(look(&site, "urgent").await.json["count"], 1);
    let redriven = act(&site, "urgent/redrive", Value::Null).await;
    assert_eq!(redriven.json["count"], 1);
    site.house.drain().await;
}

#[tokio::test]
async fn what_is_given_up_is_gone_and_what_it_was_to_do_is_found_by_the_sweep() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let id = buried(&site).await;
    let dropped = act(&site, "urgent/drop", json!({ "ids": [id] })).await;
    assert_eq!(dropped.json, json!({ "count": 1, "missing": [], "left": 0 }));
    assert_eq!(look(&site, "urgent").await.json["dead_letters"], json!([]));
    site.house.settle().await;
    assert_eq!(
        site.house.ses.mails().len(),
        1,
        "a page stays due until it is told"
    );
}

#[tokio::test]
async fn runs_of_schedules_have_nowhere_to_go() {
    let site = Site::with(&[Who::Admin]).await;
    let run = json!({ "requestContext": { "condition": "RetriesExhausted",
            "functionArn": "arn:aws:lambda:eu-west-1:123456789012:function:kabar-power-check:$LATEST" },
        "requestPayload": { "time": "2026-11-21T10:00:00Z" },
        "responsePayload": { "errorType": "Error", "errorMessage": "Query failed" } });
    let id = site.house.queues.park_run(&run.to_string(), &[]);
    let letters = look(&site, "schedule").await;
    let letter = &letters.json["dead_letters"][0];
    assert_eq!(
        (&letter["work"]["function"], &letter["reason"]),
        (&json!("kabar-power-check"), &json!("Query failed"))
    );
    assert_eq!(letters.json["can_redrive"], false);
    assert_eq!(act(&site, "schedule/redrive", Value::Null).await.status, 409);
    assert_eq!(
        act(&site, "schedule/drop", json!({ "ids": [id] })).await.json["count"],
        1
    );
}

#[tokio::test]
async fn no_address_of_a_body_is_shown() {
    let site = Site::with(&[Who::Admin]).await;
    let message = "01990000-0000-7000-8000-000000000101";
    let delivery = site.house.delivery(
        kabar_domain::ids::MessageId::parse(message).unwrap(),
        "sari@example.com",
    );
    site.house.queues.bury(&delivery);
    let letters = look(&site, "feedback").await;
    assert_eq!(letters.json["dead_letters"][0]["work"]["message"], message);
    assert!(!letters.text.contains("example.com"), "{}", letters.text);
    site.house.queues.park_run("sari@example.com", &[]);
    let letters = look(&site, "schedule").await;
    assert_eq!(letters.json["dead_letters"][0]["work"]["kind"], "unknown");
    assert!(!letters.text.contains("example.com"), "{}", letters.text);
}

#[tokio::test]
async fn bad_queues_ids_and_limits_are_named() {
    let site = Site::with(&[Who::Admin]).await;
    for queue in ["telegraph", "urgent-dead-letters", "%2e%2e", "URGENT"] {
        assert_eq!(look(&site, queue).await.status, 404, "{queue}");
        assert_eq!(
            act(&site, &format!("{queue}/redrive"), Value::Null).await.status,
            404,
            "{queue}"
        );
    }
    let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
    for ids in [
        json!([]),
        json!("x"),
        json!([1]),
        json!([""]),
        json!(["x".repeat(101)]),
        json!(many),
        json!({}),
    ] {
        for what in ["urgent/redrive", "urgent/drop"] {
            let refused = act(&site, what, json!({ "ids": ids })).await;
            assert_eq!(
                (refused.status.as_u16(), refused.bad_fields()),
                (400, vec!["ids"]),
                "{ids}"
            );
        }
    }
    for limit in ["0", "201", "x"] {
        let refused = site.get(Who::Admin, &format!("{PATH}urgent?limit={limit}")).await;
        assert_eq!(
            (refused.status.as_u16(), refused.bad_fields()),
            (400, vec!["limit"]),
            "{limit}"
        );
    }
}
