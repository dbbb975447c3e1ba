//! Mailings, for staff.

use serde_json::{Value, json};

use crate::site::{Answer, Site, Who, numbered};

const PATH: &str = "/api/mailings/";

/// A mailing to everybody, from now on.
pub(crate) fn body() -> Value {
    json!({ "start_time": "2026-11-21T10:00:00Z", "end_time": "2026-11-23T10:00:00Z",
        "text": "Dear {{first_name|friend}}, we are open.", "subject": "Open" })
}

/// A new mailing's id.
pub(crate) async fn mailing(site: &Site) -> String {
    make(site, body()).await.id()
}

/// The id of a message of a mailing to one client.
pub(crate) async fn message(site: &Site) -> String {
    crate::clients::client(site, "79160000001").await;
    let mailing = mailing(site).await;
    site.house.drain().await;
    let messages = site
        .get(Who::Superuser, &format!("{PATH}{mailing}/messages/"))
        .await;
    messages.json["messages"][0]["id"].as_str().unwrap().to_owned()
}

async fn make(site: &Site, body: Value) -> Answer {
    let made = site.call(Who::Superuser, "POST", PATH, body).await;
    assert_eq!(made.status, 201, "{}", made.json);
    made
}

async fn client(site: &Site, number: u32, tag: &str) -> Answer {
    let body = json!({ "phone": format!("7916{number:07}"), "tag": tag, "time_zone": "Asia/Jakarta",
        "email": format!("c{number}@example.com"), "first_name": format!("C{number}") });
    site.call(Who::Superuser, "POST", "/api/clients/", body).await
}

#[tokio::test]
async fn a_mailing_is_made_seen_told_and_counted() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    for number in 0..7 {
        client(&site, number, ["vip", "old"][number as usize % 2]).await;
    }
    let mut new = body();
    new["filter"] = json!({ "operator_code": "916", "tag": ["vip"] });
    let made = make(&site, new).await;
    insta::assert_json_snapshot!("mailing", numbered(made.json.clone()));
    let one = format!("{PATH}{}/", made.id());
    let audience = site.get(Who::Admin, &format!("{one}audience/")).await;
    assert_eq!(
        (
            &audience.json["count"],
            audience.json["sample"].as_array().unwrap().len()
        ),
        (&json!(4), 4)
    );
    site.house.drain().await;
    let read = site.get(Who::Admin, &one).await;
    assert_eq!(read.json["status"], "finished");
    let stats = site.get(Who::Admin, &format!("{one}stats/")).await;
    insta::assert_json_snapshot!("mailing_statistics", numbered(stats.json));
    let all = site.get(Who::Admin, &format!("{PATH}stats/")).await;
    assert_eq!(all.json["mailings"][0]["counts"]["sent"], 4);
    for (url, count) in [
        (format!("{one}messages/"), 4),
        (format!("{one}messages/?status=sent"), 4),
        (format!("{one}messages/?status=failed"), 0),
        ("/api/messages/".to_owned(), 4),
        ("/api/messages/?status=expired".to_owned(), 0),
    ] {
        let list = site.get(Who::Admin, &url).await;
        assert_eq!(list.json["messages"].as_array().unwrap().len(), count, "{url}");
        assert_eq!(list.json["next"], Value::Null, "{url}");
    }
    let listed = site.get(Who::Admin, &format!("{one}messages/")).await;
    let message = &listed.json["messages"][0];
    let url = format!("/api/messages/{}/", message["id"].as_str().unwrap());
    let in_full = site.get(Who::Admin, &url).await.json;
    for (name, value) in message.as_object().unwrap() {
        assert_eq!(&in_full[name], value, "{name}");
    }
    let cause = (&in_full["kind"], &in_full["cause"]["because"]);
    assert_eq!(cause, (&json!("mailing"), &json!("client")));
    assert_eq!(message["mailing"], json!(made.id()));
}

#[tokio::test]
async fn lists_of_messages_go_on_until_each_was_shown_once() {
    let site = Site::with(&[Who::Superuser]).await;
    for number in 0..5 {
        client(&site, number, "").await;
    }
    for _ in 0..3 {
        mailing(&site).await;
        site.house.drain().await;
    }
    for path in ["/api/messages/".to_owned()] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let url = format!("{path}?limit=2{cursor}");
            let part = site.get(Who::Superuser, &url).await;
            assert_eq!(part.status, 200, "{}", part.json);
            let messages = part.json["messages"].as_array().unwrap();
            assert!(messages.len() <= 2);
            seen.extend(
                messages
                    .iter()
                    .map(|message| message["id"].as_str().unwrap().to_owned()),
            );
            match part.json["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!((all, seen.len()), (15, 15));
    }
}

#[tokio::test]
async fn what_cannot_be_a_mailing_is_refused_field_by_field() {
    let site = Site::with(&[Who::Superuser]).await;
    let bad = json!({ "start_time": "tomorrow", "end_time": 7, "text": "Hi {{nobody}}", "subject": "a\nb",
        "filter": { "tags": [] }, "channel": "pigeon", "local_window": { "from": "08:00", "to": "8" } });
    let refused = site.call(Who::Superuser, "POST", PATH, bad).await;
    assert_eq!(refused.status, 400);
    let errors = refused.json["errors"].as_object().unwrap();
    let fields: Vec<&str> = errors.keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        [
            "channel",
            "end_time",
            "filter",
            "local_window",
            "start_time",
            "subject",
            "text"
        ]
    );
    for (field, value) in [
        ("end_time", json!("2026-11-21T10:00:00Z")),
        ("local_window", json!({ "from": "08:00", "to": "08:00" })),
        ("local_window", json!({ "from": "08:00" })),
        ("local_window", json!([])),
        ("filter", json!({ "operator_code": ["91"] })),
        ("filter", json!({ "tag": [7] })),
        (
            "filter",
            json!({ "tag": (0..51).map(|n| n.to_string()).collect::<Vec<_>>() }),
        ),
        (
            "filter",
            json!({ "tag": ["a", "b", "c"], "operator_code": (100..134).map(|n| n.to_string()).collect::<Vec<_>>() }),
        ),
        ("text", json!("й".repeat(1001))),
        ("text", json!("")),
    ] {
        let mut body = body();
        body[field] = value.clone();
        let refused = site.call(Who::Superuser, "POST", PATH, body).await;
        assert_eq!(refused.status, 400, "{field}: {value}");
        assert!(
            refused.json["errors"][field].is_array(),
            "{field}: {}",
            refused.json
        );
    }
    let mut past = body();
    past["start_time"] = json!("2026-11-01T10:00:00Z");
    past["end_time"] = json!("2026-11-21T09:59:00Z");
    let refused = site.call(Who::Superuser, "POST", PATH, past).await;
    assert_eq!(
        refused.json["errors"]["end_time"],
        json!(["Must be in the future."])
    );
    let listed = site.get(Who::Superuser, PATH).await;
    assert_eq!(listed.json["mailings"], json!([]));
}

#[tokio::test]
async fn a_mailing_is_tried_paused_resumed_called_off_and_what_is_over_stays_so() {
    let site = Site::with(&[Who::Superuser]).await;
    client(&site, 1, "").await;
    let id = mailing(&site).await;
    let url = |what: &str| format!("{PATH}{id}/{what}/");
    let post = async |what: &str, body: Value| site.call(Who::Superuser, "POST", &url(what), body).await;
    assert_eq!(post("pause", Value::Null).await.json["status"], "paused");
    let tried = post("test", json!({ "to": "ayu@example.com" })).await;
    assert_eq!(tried.status, 202, "{}", tried.json);
    assert_eq!(post("test", json!({ "to": "79160000001" })).await.status, 400);
    site.house.drain().await;
    let trial = site.house.ses.mails().remove(0).text;
    let link = trial
        .split_whitespace()
        .find(|word| word.contains("/u/"))
        .unwrap();
    let path = &link[link.find("/u/").unwrap()..];
    for method in ["GET", "POST"] {
        let shown = crate::unsubscribe::press(&site, Who::Nobody, method, path).await;
        assert_eq!(shown.status, 200, "{method}: as a client will see it");
    }
    let mails = site.house.ses.mails();
    assert_eq!(mails.len(), 1, "the trial goes, the mailing stands still");
    assert_eq!(
        (mails[0].to.as_str(), mails[0].subject.as_str()),
        ("ayu@example.com", "Test: Open")
    );
    assert!(mails[0].text.contains("Dear friend, we are open."));
    assert_eq!(post("resume", Value::Null).await.json["status"], "running");
    assert_eq!(post("cancel", Value::Null).await.json["status"], "cancelled");
    for (method, what, body) in [
        ("POST", "pause/", Value::Null),
        ("POST", "resume/", Value::Null),
        ("PATCH", "", json!({ "text": "Too late" })),
    ] {
        let refused = site
            .call(Who::Superuser, method, &format!("{PATH}{id}/{what}"), body)
            .await;
        assert_eq!(refused.status, 409, "{method} {what}: {}", refused.json);
    }
    site.house.settle().await;
    assert_eq!(site.house.ses.mails().len(), 1);
    let removed = site
        .call(Who::Superuser, "DELETE", &format!("{PATH}{id}/"), Value::Null)
        .await;
    assert_eq!(removed.status, 204);
    assert_eq!(
        site.get(Who::Superuser, &format!("{PATH}{id}/")).await.status,
        404
    );
    site.house.settle().await;
}

#[tokio::test]
async fn a_mailing_s_tag_changes_as_it_begins_and_ends_and_still_holds_its_version() {
    let site = Site::with(&[Who::Superuser]).await;
    client(&site, 1, "").await;
    let one = format!("{PATH}{}/", mailing(&site).await);
    let running = site.get(Who::Superuser, &one).await.header("etag").to_owned();
    let change = |text: &str| (Who::Superuser, "PATCH", one.as_str(), json!({ "text": text }));
    let changed = site.call_with(change("Changed"), ("if-match", &running)).await;
    assert_eq!(changed.status, 200, "{}", changed.json);
    let stale = site.call_with(change("Again"), ("if-match", &running)).await;
    assert_eq!(stale.status, 412, "{}", stale.json);
    let changed = changed.header("etag").to_owned();
    site.house.drain().await;
    let ended = site.get(Who::Superuser, &one).await;
    assert_eq!(ended.json["status"], "finished");
    assert_ne!(ended.header("etag"), changed);
}

#[tokio::test]
async fn a_mailing_s_messages_are_a_file() {
    let site = Site::with(&[Who::Superuser]).await;
    client(&site, 1, "=1+1").await;
    let id = mailing(&site).await;
    site.house.drain().await;
    let file = site
        .get(Who::Superuser, &format!("{PATH}{id}/messages/export/"))
        .await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let text = &file.text;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].starts_with("id,client,channel,status,"), "{text}");
    assert!(
        lines[1].contains(",email,sent,1,") && lines[1].contains(",916,'=1+1,"),
        "{text}"
    );
}
