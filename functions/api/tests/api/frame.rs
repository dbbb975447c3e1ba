//! What all routes share: entity tags, idempotency keys, request ids, slashes, cursors.

use serde_json::{Value, json};

use crate::site::{Site, Who};

fn new_region() -> Value {
    json!({ "name": "Cimahi", "time_zone": "Asia/Jakarta" })
}

async fn regions(site: &Site) -> usize {
    site.get(Who::Nobody, "/api/regions").await.json["regions"]
        .as_array()
        .unwrap()
        .len()
}

#[tokio::test]
async fn a_lost_update_is_refused_and_an_unchanged_object_is_not_sent_again() {
    let site = Site::new().await;
    let path = format!("/api/regions/{}/", site.region().await);
    let before = site.get(Who::Nobody, &path).await;
    let tag = before.header("etag").to_owned();
    let again = site
        .call_with((Who::Nobody, "GET", &path, Value::Null), ("if-none-match", &tag))
        .await;
    assert_eq!((again.status.as_u16(), again.header("etag")), (304, tag.as_str()));

    let change = || {
        (
            Who::Admin,
            "PATCH",
            path.as_str(),
            json!({ "name": "Cimahi Utara" }),
        )
    };
    let first = site.call_with(change(), ("if-match", &tag)).await;
    assert_eq!(first.status, 200);
    assert_eq!(
        site.get(Who::Nobody, &path).await.header("etag"),
        first.header("etag")
    );
    for stale in [tag.as_str(), "W/\"1\"", "nonsense"] {
        assert_eq!(
            site.call_with(change(), ("if-match", stale)).await.status,
            412,
            "{stale}"
        );
    }
    assert_eq!(site.call_with(change(), ("if-match", "*")).await.status, 200);
    let changed = site
        .call_with((Who::Nobody, "GET", &path, Value::Null), ("if-none-match", &tag))
        .await;
    assert_eq!(changed.status, 200);
}

#[tokio::test]
async fn the_same_key_and_body_gives_the_first_answer_and_makes_nothing_more() {
    let site = Site::new().await;
    let ask = || (Who::Admin, "POST", "/api/regions", new_region());
    let first = site.call_with(ask(), ("idempotency-key", "k1")).await;
    assert_eq!(first.status, 201);
    let slash = (Who::Admin, "POST", "/api/regions/", new_region());
    let second = site.call_with(slash, ("idempotency-key", "k1")).await;
    assert_eq!((second.status.as_u16(), &second.json), (201, &first.json));
    assert_eq!(regions(&site).await, 1);

    let other = (
        Who::Admin,
        "POST",
        "/api/regions",
        json!({ "name": "Bogor", "time_zone": "Asia/Jakarta" }),
    );
    assert_eq!(site.call_with(other, ("idempotency-key", "k1")).await.status, 422);
    let another_person = (Who::Superuser, "POST", "/api/regions", new_region());
    assert_eq!(
        site.call_with(another_person, ("idempotency-key", "k1"))
            .await
            .status,
        201
    );
    assert_eq!(regions(&site).await, 2);
    site.house.world.pass(jiff::SignedDuration::from_hours(25));
    let app = &site.house.app;
    let fresh = app
        .log_in("adi", kabar_testkit::PASSWORD, None)
        .await
        .unwrap()
        .access;
    let mut request = site.request(Who::Admin, "POST", "/api/regions", &new_region());
    request
        .headers_mut()
        .insert("authorization", format!("Bearer {fresh}").parse().unwrap());
    request
        .headers_mut()
        .insert("idempotency-key", "k1".parse().unwrap());
    assert_eq!(
        site.send(request).await.status,
        201,
        "after a day the key is forgotten"
    );
    assert_eq!(regions(&site).await, 3);
}

#[tokio::test]
async fn a_refused_request_leaves_its_key_free_and_a_bad_key_is_named() {
    let site = Site::new().await;
    let bad = (Who::Admin, "POST", "/api/regions", json!({ "name": "" }));
    assert_eq!(site.call_with(bad, ("idempotency-key", "k1")).await.status, 400);
    let good = (Who::Admin, "POST", "/api/regions", new_region());
    assert_eq!(site.call_with(good, ("idempotency-key", "k1")).await.status, 201);
    let long = "k".repeat(256);
    let answer = site
        .call_with(
            (Who::Admin, "POST", "/api/regions", new_region()),
            ("idempotency-key", &long),
        )
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.bad_fields()),
        (400, vec!["Idempotency-Key"])
    );
}

#[tokio::test]
async fn two_requests_with_one_key_at_once_make_one_thing() {
    let site = Site::new().await;
    let ask = || {
        site.call_with(
            (Who::Admin, "POST", "/api/regions", new_region()),
            ("idempotency-key", "k1"),
        )
    };
    let (a, b) = tokio::join!(ask(), ask());
    let statuses = [a.status.as_u16(), b.status.as_u16()];
    assert!(
        statuses.contains(&201) && statuses.iter().all(|s| [201, 409].contains(s)),
        "{statuses:?}"
    );
    assert_eq!(regions(&site).await, 1);
}

#[tokio::test]
async fn a_request_whose_first_try_died_is_finished_by_the_second() {
    let site = Site::new().await;
    let ask = || {
        site.call_with(
            (Who::Admin, "POST", "/api/regions", new_region()),
            ("idempotency-key", "k1"),
        )
    };
    // The first try is dropped at every point where it waits, one further each time, until it gets through.
    for polls in 1.. {
        if kabar_testkit::dies_after(polls, ask()).await.is_some() {
            break;
        }
        site.house.world.pass_seconds(31);
    }
    assert_eq!(ask().await.status, 201);
    assert_eq!(regions(&site).await, 1);
}

#[tokio::test]
async fn two_changes_at_once_are_both_made_when_nobody_minds_the_version() {
    let site = Site::new().await;
    let path = format!("/api/regions/{}", site.region().await);
    let status = format!("{path}/status");
    let say = |word: &'static str| site.call(Who::Admin, "PUT", &status, json!({ "status": word }));
    let rename = |name: &'static str| site.call(Who::Admin, "PATCH", &path, json!({ "name": name }));
    let answers = tokio::join!(say("off"), rename("Cimahi"), say("on"), rename("Lembang"));
    let statuses = [
        answers.0.status,
        answers.1.status,
        answers.2.status,
        answers.3.status,
    ];
    assert_eq!(statuses.map(|status| status.as_u16()), [200; 4]);
}

#[tokio::test]
async fn a_request_id_is_kept_or_made() {
    let site = Site::new().await;
    let ask = || (Who::Nobody, "GET", "/api/regions", Value::Null);
    assert_eq!(
        site.call_with(ask(), ("x-request-id", "abc-1"))
            .await
            .header("x-request-id"),
        "abc-1"
    );
    let made = site
        .call_with(ask(), ("x-request-id", "a b"))
        .await
        .header("x-request-id")
        .to_owned();
    assert!(made.len() > 10 && made != "a b");
}

#[tokio::test]
async fn a_list_is_walked_by_its_cursor_newest_first() {
    let site = Site::new().await;
    let mut made = Vec::new();
    for _ in 0..7 {
        site.house.world.pass_seconds(1);
        made.push(site.region().await);
    }
    made.reverse();
    let mut seen = Vec::new();
    let mut path = "/api/regions?limit=3".to_owned();
    loop {
        let part = site.get(Who::Nobody, &path).await;
        let ids = part.json["regions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["id"].as_str().unwrap().to_owned());
        seen.extend(ids);
        match part.json["next"].as_str() {
            Some(cursor) => path = format!("/api/regions/?limit=3&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, made);
    assert!(seen.len() == 7);
}

#[tokio::test]
async fn browsers_of_configured_origins_may_call() {
    let site = Site::new().await;
    let ours = "https://app.example.com";
    for (method, path, origin, status, allowed) in [
        ("GET", "/api/regions", ours, 200, ours),
        ("GET", "/api/regions", "https://evil.example.com", 200, ""),
        ("GET", "/api/nothing", ours, 404, ours),
        // What a browser asks before it sends more than a form could.
        ("OPTIONS", "/api/events", ours, 200, ours),
    ] {
        let ask = (Who::Nobody, method, path, Value::Null);
        let answer = site.call_with(ask, ("origin", origin)).await;
        let said = (
            answer.status.as_u16(),
            answer.header("access-control-allow-origin"),
        );
        assert_eq!(said, (status, allowed), "{method} {path} {origin}");
    }
}

#[tokio::test]
async fn reads_keep_to_their_budget() {
    let site = Site::new().await;
    let region = site.region().await;
    let notice = crate::telling::told(&site).await;
    let paths = [
        "/api/users/me".to_owned(),
        format!("/api/users/{}", site.id_of(Who::User)),
        "/api/groups/1".to_owned(),
        format!("/api/regions/{region}"),
        format!("/api/notices/{notice}"),
    ];
    for path in paths {
        let _ = site.house.meter().take();
        assert_eq!(site.get(Who::Superuser, &path).await.status, 200);
        let used = site.house.meter().take_total();
        assert!(used.requests <= 2 && used.read <= 2.0, "{path}: {used:?}");
    }
    let _ = site.house.meter().take();
    let body = json!({ "username": "ulla", "password": kabar_testkit::PASSWORD });
    assert_eq!(
        site.call(Who::Nobody, "POST", "/api/login", body).await.status,
        200
    );
    assert!(site.house.meter().take_total().requests <= 4);
}
