//! Mailings before there are any: whom they would go to, and what those would read.

use serde_json::{Value, json};

use crate::{
    linked_letters, mailings,
    site::{Answer, Site, Who},
};

const AUDIENCE: &str = "/api/mailings/audience/";
const PREVIEW: &str = "/api/mailings/preview/";

/// A client with an address of theirs, whom `more` says more of.
async fn client(site: &Site, number: u32, more: Value) -> String {
    let mut body = json!({ "phone": format!("7916{number:07}"), "time_zone": "Europe/Moscow",
        "email": format!("c{number}@example.com"), "first_name": format!("C{number}") });
    let more = more.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(more);
    let made = site.call(Who::Superuser, "POST", "/api/clients/", body).await;
    assert_eq!(made.status, 201, "{}", made.json);
    made.id()
}

async fn preview(site: &Site, body: Value) -> Answer {
    let shown = site.call(Who::Admin, "POST", PREVIEW, body).await;
    assert_eq!(shown.status, 200, "{}", shown.json);
    shown
}

fn person<'a>(shown: &'a Answer, client: &str) -> &'a Value {
    let people = shown.json["people"].as_array().unwrap();
    people.iter().find(|one| one["client"] == client).unwrap()
}

#[tokio::test]
async fn a_filter_that_no_mailing_has_finds_whom_a_mailing_with_it_finds() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    for (number, tag) in ["vip", "old, and new", "vip", ""].into_iter().enumerate() {
        let code = ["916", "903"][number % 2];
        let more = json!({ "tag": tag, "operator_code": code });
        client(&site, u32::try_from(number).unwrap(), more).await;
    }
    for (query, filter, count) in [
        ("", json!({}), 4),
        ("?tag=vip", json!({ "tag": "vip" }), 2),
        ("?tag=vip&tag=", json!({ "tag": ["vip", ""] }), 3),
        ("?tag=old%2C+and+new", json!({ "tag": "old, and new" }), 1),
        (
            "?operator_code=903&operator_code=916&tag=vip&channel=email",
            json!({ "operator_code": ["903", "916"], "tag": "vip" }),
            2,
        ),
        ("?operator_code=999", json!({ "operator_code": "999" }), 0),
    ] {
        let found = site.get(Who::Admin, &format!("{AUDIENCE}{query}")).await;
        assert_eq!(found.status, 200, "{query}: {}", found.json);
        assert_eq!(found.json["count"], count, "{query}");
        let mut body = mailings::body();
        body["filter"] = filter;
        let made = site
            .call(Who::Superuser, "POST", "/api/mailings/", body)
            .await
            .id();
        let saved = site
            .get(Who::Admin, &format!("/api/mailings/{made}/audience/"))
            .await;
        assert_eq!(found.json, saved.json, "{query}");
    }
    site.house.drain().await;
}

#[tokio::test]
async fn a_query_that_is_no_filter_is_refused_by_parameter() {
    let site = Site::with(&[Who::Admin]).await;
    let all =
        |name: &str, from: u32, to: u32| -> String { (from..to).map(|n| format!("{name}={n}&")).collect() };
    for (query, fields) in [
        (
            format!("operator_code=91&operator_code=916&tag={}", "x".repeat(65)),
            vec!["operator_code", "tag"],
        ),
        (all("tag", 0, 51), vec!["tag"]),
        (all("operator_code", 100, 134) + &all("tag", 0, 3), vec!["tag"]),
    ] {
        let refused = site.get(Who::Admin, &format!("{AUDIENCE}?{query}")).await;
        assert_eq!(refused.status, 400, "{query}");
        assert_eq!(refused.bad_fields(), fields, "{query}");
    }
}

#[tokio::test]
async fn a_preview_is_to_the_letter_what_is_sent_but_for_the_link_to_what_was_sent() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    client(&site, 1, json!({})).await;
    client(
        &site,
        2,
        json!({ "first_name": "", "language": "id", "time_zone": "Asia/Jakarta" }),
    )
    .await;
    let _ = site.house.meter().take();
    let shown = preview(&site, mailings::body()).await;
    let used = site.house.meter().take_total();
    assert!(used.write < f64::EPSILON, "{used:?}");
    assert!(site.house.ses.mails().is_empty());
    mailings::mailing(&site).await;
    site.house.drain().await;
    let mails = site.house.ses.mails();
    assert_eq!((mails.len(), &shown.json["count"]), (2, &json!(2)));
    for mail in mails {
        let (text, html) = linked_letters::without_link(&mail);
        let lines = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        let is_it = |one: &&Value| {
            one["subject"] == mail.subject.as_str()
                && lines(one["text"].as_str().unwrap()) == lines(&text)
                && lines(one["html"].as_str().unwrap()) == lines(&html)
        };
        let people = shown.json["people"].as_array().unwrap();
        assert_eq!(
            people.iter().filter(is_it).count(),
            1,
            "{}: {}",
            mail.text,
            shown.json
        );
    }
    let cost = &shown.json["cost"];
    assert_eq!(
        (&cost["currency"], &cost["mail"]),
        (&json!("USD"), &json!(0.0002))
    );
}

#[tokio::test]
async fn a_preview_says_when_each_would_be_told_or_that_they_would_not() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    // It is one in the afternoon in Moscow, ten at night in Vladivostok is three hours off, and New York sleeps.
    let moscow = client(&site, 1, json!({})).await;
    let new_york = client(&site, 2, json!({ "time_zone": "America/New_York" })).await;
    let honolulu = client(&site, 3, json!({ "time_zone": "Pacific/Honolulu" })).await;
    let nowhere = client(&site, 4, json!({ "email": null })).await;
    let silent = client(&site, 5, json!({})).await;
    let url = format!("/api/clients/{silent}/");
    let said = site
        .call(Who::Superuser, "PATCH", &url, json!({ "unsubscribed": true }))
        .await;
    assert_eq!(said.status, 200);
    let bounced = client(&site, 6, json!({})).await;
    let entry = json!({ "email": "c6@example.com", "topic": "mailings" });
    site.call(Who::Superuser, "POST", "/api/suppressions", entry)
        .await;

    let mut body = mailings::body();
    body["end_time"] = json!("2026-11-21T15:00:00Z");
    let shown = preview(&site, body.clone()).await;
    let at = |client: &str| person(&shown, client)["sends_at"].clone();
    assert_eq!(at(&moscow), "2026-11-21T10:00:00Z", "at once");
    assert_eq!(at(&new_york), "2026-11-21T13:00:00Z", "at eight in the morning");
    for (who, why) in [
        (&honolulu, "it ends at five in the morning there"),
        (&nowhere, "there is no address"),
        (&silent, "they said no"),
        (&bounced, "the address is on the list"),
    ] {
        assert_eq!(at(who), Value::Null, "{why}");
    }

    body["channel"] = json!("sms");
    body["local_window"] = Value::Null;
    body["start_time"] = json!("2026-11-21T14:00:00Z");
    let shown = preview(&site, body).await;
    let text = person(&shown, &nowhere);
    assert_eq!(
        (&text["subject"], &text["text"], &text["html"]),
        (&Value::Null, &json!("Dear C4, we are open."), &Value::Null)
    );
    assert_eq!(text["sends_at"], "2026-11-21T14:00:00Z");
    assert_eq!(shown.json["cost"]["mail"], 0.0);
}

#[tokio::test]
async fn what_cannot_be_a_mailing_cannot_be_looked_at_either() {
    let site = Site::with(&[Who::Admin]).await;
    let bad =
        json!({ "start_time": "tomorrow", "end_time": 7, "text": "Hi {{nobody}}", "channel": "pigeon" });
    let refused = site.call(Who::Admin, "POST", PREVIEW, bad).await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.bad_fields(),
        ["channel", "end_time", "start_time", "text"]
    );
    let mut over = mailings::body();
    over["start_time"] = json!("2026-11-01T10:00:00Z");
    over["end_time"] = json!("2026-11-02T10:00:00Z");
    let refused = site.call(Who::Admin, "POST", PREVIEW, over).await;
    assert_eq!(refused.bad_fields(), ["end_time"]);
}
