//! Who is told in Telegram, and what is said to the bot.

use axum::{body::Body, http::Request};
use kabar_testkit::WEBHOOK_SECRET;
use serde_json::{Value, json};

use crate::site::{Answer, Site, Who};

const SUBSCRIBERS: &str = "/api/telegram/subscribers/";

/// A chat that staff have told.
pub(crate) async fn chat(site: &Site) -> i64 {
    let added = site
        .call(Who::Superuser, "POST", SUBSCRIBERS, json!({ "chat_id": 1001 }))
        .await;
    added.json["chat_id"].as_i64().unwrap()
}

/// What Telegram says when somebody writes to the bot.
pub(crate) fn update(number: i64, chat: i64, text: &str) -> Value {
    json!({
        "update_id": number,
        "message": {
            "message_id": 1, "date": 1_795_255_200, "text": text,
            "chat": { "id": chat, "type": "private", "first_name": "Sari" },
            "from": { "id": chat, "is_bot": false, "first_name": "Sari", "language_code": "id-ID" },
        },
    })
}

/// Telegram says something to the webhook.
pub(crate) async fn told(site: &Site, secret: &str, body: &Value) -> Answer {
    said(site, secret, body.to_string()).await
}

async fn said(site: &Site, secret: &str, body: String) -> Answer {
    let request = Request::post("/telegram/webhook/")
        .header("content-type", "application/json")
        .header("x-telegram-bot-api-secret-token", secret)
        .body(Body::from(body));
    site.send(request.unwrap()).await
}

#[tokio::test]
async fn adding_needs_only_the_chat_and_adding_again_activates() {
    let site = Site::new().await;
    let added = site
        .call(Who::Admin, "POST", SUBSCRIBERS, json!({ "chat_id": -1001 }))
        .await;
    assert_eq!(added.status, 201);
    let since = added.json["since"].clone();
    assert_eq!(
        added.json,
        json!({
            "chat_id": -1001, "title": "", "user": null, "regions": null, "language": "en", "time_zone": "UTC",
            "active": true, "reason": null, "since": since,
        })
    );
    site.house
        .bot
        .set_fate(-1001, Some(kabar_testkit::ChatFate::Kicked));
    let test = site
        .call(
            Who::Admin,
            "POST",
            "/api/telegram/test/",
            json!({ "chat_id": -1001 }),
        )
        .await;
    assert_eq!(
        (test.status.as_u16(), &test.json["chat_id"]),
        (202, &json!(-1001))
    );
    site.house.settle().await;
    let listed = site.get(Who::Admin, SUBSCRIBERS).await.json;
    let lost = &listed["subscribers"][0];
    assert_eq!(
        (&lost["active"], &lost["reason"]),
        (&json!(false), &json!("kicked"))
    );
    let notice = test.json["notice"].as_str().unwrap();
    let messages = site
        .get(Who::Admin, &format!("/api/notices/{notice}/messages/"))
        .await
        .json;
    assert_eq!(messages["messages"][0]["status"], "failed", "{messages}");
    let refused = site
        .call(
            Who::Admin,
            "POST",
            "/api/telegram/test/",
            json!({ "chat_id": -1001 }),
        )
        .await;
    assert_eq!(
        refused.json["errors"]["chat_id"],
        json!(["It is told no more: kicked."])
    );

    let region = site.region().await;
    let change =
        json!({ "chat_id": -1001, "title": "Neighbours", "regions": [region, region], "language": "id" });
    let again = site.call(Who::Admin, "POST", SUBSCRIBERS, change).await;
    assert_eq!(
        (again.status.as_u16(), &again.json["active"]),
        (200, &json!(true))
    );
    assert_eq!(
        (&again.json["regions"], &again.json["title"]),
        (&json!([region]), &json!("Neighbours"))
    );
    let plain = site
        .call(Who::Admin, "POST", SUBSCRIBERS, json!({ "chat_id": -1001 }))
        .await;
    assert_eq!(plain.json, again.json, "what is absent stays");
}

#[tokio::test]
async fn a_bad_subscriber_is_told_of_every_bad_field() {
    let site = Site::new().await;
    let bad = json!({
        "chat_id": "1001", "title": 7, "regions": "all", "language": "fr", "time_zone": "+07:00",
    });
    let refused = site.call(Who::Admin, "POST", SUBSCRIBERS, bad).await;
    assert_eq!(refused.status, 400);
    let fields: Vec<&String> = refused.json["errors"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["chat_id", "language", "regions", "time_zone", "title"]);
    let nowhere = "01990000-0000-7000-8000-000000000001";
    for body in [
        json!({}),
        json!({ "chat_id": 0 }),
        json!({ "chat_id": 4_503_599_627_370_496_i64 }),
        json!({ "chat_id": 1.5 }),
        json!({ "chat_id": 1, "regions": [nowhere] }),
        json!({ "chat_id": 1, "regions": vec![nowhere; 41] }),
        json!({ "chat_id": 1, "regions": [7] }),
    ] {
        assert_eq!(
            site.call(Who::Admin, "POST", SUBSCRIBERS, body.clone())
                .await
                .status,
            400,
            "{body}"
        );
    }
    for gone in ["0", "7", "x", "007", "-0"] {
        let url = format!("{SUBSCRIBERS}{gone}/");
        assert_eq!(
            site.call(Who::Admin, "DELETE", &url, Value::Null).await.status,
            404,
            "{gone}"
        );
    }
    let none = site
        .call(Who::Admin, "POST", "/api/telegram/test/", Value::Null)
        .await;
    assert_eq!(
        none.json["errors"]["chat_id"],
        json!(["You have connected no chat: say which."])
    );
}

#[tokio::test]
async fn a_person_connects_a_chat_and_is_told_there_of_what_they_follow() {
    let site = Site::new().await;
    let link = site
        .call(Who::User, "POST", "/api/telegram/link/", Value::Null)
        .await;
    assert_eq!(
        (link.status.as_u16(), &link.json["expires_at"]),
        (201, &json!("2026-11-21T10:15:00Z"))
    );
    let url = link.json["url"].as_str().unwrap();
    let token = url.strip_prefix("https://t.me/kabar_test_bot?start=").unwrap();
    let connected = told(&site, WEBHOOK_SECRET, &update(1, 42, &format!("/start {token}"))).await;
    assert_eq!(connected.status, 200);
    assert_eq!(connected.json["method"], "sendMessage");
    assert_eq!(
        (&connected.json["chat_id"], &connected.json["parse_mode"]),
        (&json!(42), &json!("HTML"))
    );

    let region = site.region().await;
    let url = format!("/api/regions/{region}/followers/");
    let follows = site
        .call(
            Who::User,
            "POST",
            &url,
            json!({ "channels": ["telegram", "email", "telegram"] }),
        )
        .await;
    assert_eq!(follows.json["channels"], json!(["email", "telegram"]));
    let sms = site
        .call(Who::User, "POST", &url, json!({ "channels": ["sms"] }))
        .await;
    assert_eq!(
        sms.json["errors"]["channels"],
        json!(["Must be one of email, telegram."])
    );
    let off = json!({ "status": "off" });
    site.call(Who::Admin, "PUT", &format!("/api/regions/{region}/status/"), off)
        .await;
    site.house.check().await;
    site.house.settle().await;
    assert_eq!(site.house.bot.told(42).len(), 1);
    let own = site
        .call(
            Who::Admin,
            "POST",
            "/api/telegram/test/",
            json!({ "chat_id": 42 }),
        )
        .await;
    assert_eq!(own.status, 202);
    site.house.settle().await;
    assert!(
        site.house.bot.told(42)[1].starts_with("👋 This is a test"),
        "{:?}",
        site.house.bot.told(42)
    );
}

#[tokio::test]
async fn only_telegram_is_heard() {
    let site = Site::new().await;
    chat(&site).await;
    let stop = update(1, 1001, "/stop");
    for secret in ["", "x", &WEBHOOK_SECRET[1..], &format!("{WEBHOOK_SECRET}x")] {
        assert_eq!(told(&site, secret, &stop).await.status, 401, "{secret}");
    }
    let listed = site.get(Who::Admin, SUBSCRIBERS).await.json;
    assert_eq!(listed["subscribers"][0]["active"], true);
    for times in 1..=2 {
        let answer = told(&site, WEBHOOK_SECRET, &stop).await;
        assert!(
            answer.json["text"].as_str().unwrap().contains("/start"),
            "{times}"
        );
    }
    let listed = site.get(Who::Admin, SUBSCRIBERS).await.json;
    assert_eq!(listed["subscribers"][0]["reason"], "stopped");
}

#[tokio::test]
async fn whatever_telegram_says_is_answered() {
    let site = Site::new().await;
    for body in [
        json!({}),
        json!({ "update_id": 1 }),
        json!({ "update_id": "1", "message": 7 }),
        json!({ "update_id": 1, "message": { "chat": { "id": 0 }, "text": "/start" } }),
        json!({ "update_id": 1, "message": { "chat": { "id": i64::MAX }, "text": "/start" } }),
        json!({ "update_id": 1, "message": { "chat": { "id": 7 }, "photo": [] } }),
        json!({ "update_id": 1, "edited_message": { "chat": { "id": 7 }, "text": "/stop" } }),
        json!({ "update_id": 1, "message": { "chat": { "id": -7, "title": "\u{7}" }, "text": "Hello" } }),
    ] {
        let answer = told(&site, WEBHOOK_SECRET, &body).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json),
            (200, &json!({})),
            "{body}"
        );
    }
    let stranger = told(&site, WEBHOOK_SECRET, &update(1, 42, "/start")).await;
    assert!(
        stranger.json["text"]
            .as_str()
            .unwrap()
            .starts_with("👋 Ini Kabar"),
        "in their Telegram's language"
    );
    for body in ["", "{", "[]", "7"] {
        let answer = said(&site, WEBHOOK_SECRET, body.to_owned()).await;
        assert_eq!(answer.status, 400, "{body}");
    }
}
