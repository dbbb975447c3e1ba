//! Clients, for staff.

use serde_json::{Value, json};

use crate::site::{Answer, Site, Who, numbered};

const PATH: &str = "/api/clients/";

/// A new client's id.
pub(crate) async fn client(site: &Site, phone: &str) -> String {
    make(site, json!({ "phone": phone, "time_zone": "Europe/Moscow" }))
        .await
        .id()
}

async fn make(site: &Site, body: Value) -> Answer {
    let made = site.call(Who::Superuser, "POST", PATH, body).await;
    assert_eq!(made.status, 201, "{}", made.json);
    made
}

fn phones(answer: &Answer) -> Vec<&str> {
    let clients = answer.json["clients"].as_array().unwrap();
    clients
        .iter()
        .map(|client| client["phone"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn staff_add_read_change_and_remove() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let body = json!({ "phone": "+79161234567", "tag": " vip ", "time_zone": "europe/moscow",
        "email": "ayu@example.com", "language": "id" });
    let made = make(&site, body).await;
    insta::assert_json_snapshot!("client", numbered(made.json.clone()));
    let one = format!("{PATH}{}/", made.id());
    let read = site.get(Who::Superuser, &one).await;
    assert_eq!(
        (&read.json, read.header("etag")),
        (&made.json, made.header("etag"))
    );

    let change = |body: Value| (Who::Admin, "PATCH", one.as_str(), body);
    let tag = read.header("etag").to_owned();
    let changed = site.call_with(
        change(json!({ "phone": "79031234567", "email": null })),
        ("if-match", &tag),
    );
    let changed = changed.await;
    assert_eq!(changed.status, 200, "{}", changed.json);
    assert_eq!(
        changed.json["operator_code"], "903",
        "with another phone comes its code"
    );
    assert_eq!(
        (&changed.json["email"], &changed.json["tag"]),
        (&Value::Null, &json!("vip"))
    );
    let stale = site
        .call_with(change(json!({ "tag": "late" })), ("if-match", &tag))
        .await;
    assert_eq!(stale.status, 412);

    let given = site
        .call(Who::Admin, "PATCH", &one, json!({ "operator_code": "999" }))
        .await;
    assert_eq!(given.json["operator_code"], "999");
    let back = site
        .call(Who::Admin, "PATCH", &one, json!({ "operator_code": null }))
        .await;
    assert_eq!(back.json["operator_code"], "903");
    let whole = json!({ "phone": "79031234567", "time_zone": "Asia/Jakarta" });
    let whole = site.call(Who::Admin, "PUT", &one, whole).await;
    assert_eq!(
        (&whole.json["tag"], &whole.json["language"]),
        (&json!(""), &Value::Null)
    );
    assert_eq!(whole.json["time_zone"], "Asia/Jakarta");

    assert_eq!(
        site.call(Who::Admin, "DELETE", &one, Value::Null).await.status,
        204
    );
    assert_eq!(site.get(Who::Admin, &one).await.status, 404);
    assert!(phones(&site.get(Who::Admin, PATH).await).is_empty());
}

#[tokio::test]
async fn a_phone_that_another_has_is_named() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    client(&site, "79161234567").await;
    site.house.world.pass_seconds(1);
    let other = format!("{PATH}{}/", client(&site, "79161234568").await);
    let again = json!({ "phone": "+79161234567", "time_zone": "UTC" });
    for (method, url) in [("POST", PATH), ("PUT", &other), ("PATCH", &other)] {
        let refused = site.call(Who::Admin, method, url, again.clone()).await;
        assert_eq!(
            (refused.status.as_u16(), refused.bad_fields()),
            (400, vec!["phone"]),
            "{method}"
        );
    }
    assert_eq!(
        phones(&site.get(Who::Admin, PATH).await),
        ["79161234568", "79161234567"]
    );
}

#[tokio::test]
async fn a_list_shows_those_who_fit_the_newest_first_and_goes_on() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    for (n, (code, tag)) in [("916", "vip"), ("903", "vip"), ("916", ""), ("916", "a&b=c#d")]
        .iter()
        .enumerate()
    {
        site.house.world.pass_seconds(1);
        let body = json!({ "phone": format!("7{code}000000{n}"), "tag": tag, "time_zone": "UTC" });
        make(&site, body).await;
    }
    for (query, expected) in [
        ("", "3210"),
        ("operator_code=916", "320"),
        ("tag=vip", "10"),
        ("tag=", "2"),
        ("tag=a%26b%3Dc%23d&operator_code=916", "3"),
        ("tag=vip&operator_code=903", "1"),
        ("operator_code=495", ""),
        ("phone=%2B79030000001", "1"),
        ("phone=79030000001&tag=vip&operator_code=903", "1"),
        ("phone=79030000001&tag=none", ""),
        ("phone=79039999999", ""),
    ] {
        let found = site.get(Who::Admin, &format!("{PATH}?{query}")).await;
        assert_eq!(found.status, 200, "{query}: {}", found.json);
        let last: String = phones(&found).iter().map(|phone| &phone[10..]).collect();
        assert_eq!(last, expected, "{query}");
    }
    let first = site
        .get(Who::Admin, &format!("{PATH}?operator_code=916&limit=2"))
        .await;
    let next = first.json["next"].as_str().unwrap();
    let rest = site
        .get(
            Who::Admin,
            &format!("{PATH}?operator_code=916&limit=2&cursor={next}"),
        )
        .await;
    assert_eq!(
        (phones(&rest), &rest.json["next"]),
        (vec!["79160000000"], &Value::Null)
    );

    let query = format!(
        "{PATH}?operator_code=9&tag={}&phone=1&limit=0&cursor=x",
        "x".repeat(65)
    );
    let refused = site.get(Who::Admin, &query).await;
    assert_eq!(
        refused.bad_fields(),
        ["cursor", "limit", "operator_code", "phone", "tag"]
    );
}

#[tokio::test]
async fn every_bad_field_is_named_at_once() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let one = format!("{PATH}{}/", client(&site, "79161234567").await);
    let all = ["email", "language", "operator_code", "phone", "tag", "time_zone"];
    let wrong = json!({ "phone": "89161234567", "operator_code": "91", "tag": "x".repeat(65), "time_zone": "+03:00",
        "email": "ayu", "language": "fr" });
    let odd = json!({ "phone": 79_161_234_567_u64, "operator_code": 916, "tag": [], "time_zone": {}, "email": 1,
        "language": true });
    for (method, url) in [("POST", PATH), ("PUT", &one), ("PATCH", &one)] {
        for body in [&wrong, &odd] {
            let refused = site.call(Who::Admin, method, url, body.clone()).await;
            assert_eq!(
                (refused.status.as_u16(), refused.bad_fields()),
                (400, all.to_vec()),
                "{method} {body}"
            );
        }
    }
    for (method, url) in [("POST", PATH), ("PUT", one.as_str())] {
        let refused = site.call(Who::Admin, method, url, json!({})).await;
        assert_eq!(refused.bad_fields(), ["phone", "time_zone"], "{method}");
    }
    let nulls = json!({ "phone": null, "tag": null, "time_zone": null });
    let refused = site.call(Who::Admin, "PATCH", &one, nulls).await;
    assert_eq!(refused.bad_fields(), ["phone", "tag", "time_zone"]);
    let reason = refused_phone(&site).await;
    assert_eq!(
        reason,
        "Must be 11 digits, the first a 7, as 79161234567 or +79161234567."
    );
}

async fn refused_phone(site: &Site) -> String {
    let body = json!({ "phone": "0", "time_zone": "UTC" });
    let refused = site.call(Who::Admin, "POST", PATH, body).await;
    refused.json["errors"]["phone"][0].as_str().unwrap().to_owned()
}
