//! Detectors of each kind: what they need, what they do not have, and which targets are refused.

use serde_json::{Value, json};

use crate::{
    homes::made,
    site::{Answer, Site, Who, numbered},
};

/// A home of the user's, and how a detector is added to it.
async fn setting() -> (Site, String) {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let user = site.id_of(Who::User);
    let home = made(&site, user, user).await.home;
    (site, format!("/api/homes/{home}/detectors/"))
}

async fn send(site: &Site, method: &str, path: &str, body: Value) -> Answer {
    site.call(Who::User, method, path, body).await
}

#[tokio::test]
async fn a_probe_has_a_target_and_no_key() {
    let (site, path) = setting().await;
    let new = json!({ "kind": "probe", "target": "tcp://Rumah.Example.com:443", "name": "Router" });
    let made = send(&site, "POST", &path, new).await;
    assert_eq!(made.status, 201, "{}", made.json);
    insta::assert_json_snapshot!("probe", numbered(made.json.clone()));
    let one = format!("{path}{}/", made.id());
    let change = json!({ "target": "https://rumah.example.com/up", "period_s": 300 });
    let changed = send(&site, "PATCH", &one, change).await;
    assert_eq!(
        changed.json["target"], "https://rumah.example.com/up",
        "{}",
        changed.json
    );
    assert_eq!(changed.json["period_s"], 300);
    let again = json!({ "kind": "probe", "target": "https://rumah.example.com/up" });
    let replaced = send(&site, "PUT", &one, again).await;
    assert_eq!(
        (replaced.status.as_u16(), &replaced.json["period_s"]),
        (200, &json!(60))
    );
    let key = send(&site, "POST", &format!("{one}key/"), Value::Null).await;
    assert_eq!(key.status, 409, "nobody calls with one");
}

#[tokio::test]
async fn each_field_that_a_kind_does_not_have_or_cannot_have_so_is_named() {
    let (site, path) = setting().await;
    for (body, fields) in [
        (json!({ "kind": "probe" }), vec!["target"]),
        (
            json!({ "kind": "probe", "target": 7, "grace_s": 1, "period_s": 30, "misses": 0 }),
            vec!["grace_s", "misses", "period_s", "target"],
        ),
        (
            json!({ "kind": "heartbeat", "target": "tcp://rumah.example.com:1" }),
            vec!["period_s", "target"],
        ),
        (
            json!({ "kind": "manual", "target": "tcp://rumah.example.com:1", "period_s": 60, "grace_s": 1 }),
            vec!["grace_s", "period_s", "target"],
        ),
        (json!({ "kind": "icmp" }), vec!["kind", "period_s"]),
    ] {
        let refused = send(&site, "POST", &path, body.clone()).await;
        assert_eq!(refused.status, 400, "{body}: {}", refused.json);
        let errors = refused.json["errors"].as_object().unwrap();
        let mut named: Vec<_> = errors.keys().map(String::as_str).collect();
        named.sort_unstable();
        assert_eq!(named, fields, "{body}");
    }
}

#[tokio::test]
async fn a_target_that_is_none_or_private_is_refused_by_name_wherever_it_is_sent() {
    let (site, path) = setting().await;
    let probe = json!({ "kind": "probe", "target": "tcp://rumah.example.com:443" });
    let made = send(&site, "POST", &path, probe).await;
    let one = format!("{path}{}/", made.id());
    for target in [
        "",
        "rumah.example.com",
        "http://rumah.example.com",
        "tcp://rumah.example.com",
        "tcp://rumah.example.com:0",
        "https://somebody:secret@rumah.example.com",
        "https://localhost",
        "https://127.0.0.1",
        "https://0x7f.1",
        "https://[::ffff:10.0.0.1]",
        "https://169.254.169.254/latest/meta-data/",
        "tcp://192.168.1.1:80",
        "tcp://2130706433:80",
        "tcp://[fe80::1]:80",
        &format!("https://rumah.example.com/{}", "x".repeat(300)),
    ] {
        let body = json!({ "kind": "probe", "target": target });
        for (method, path) in [("POST", &path), ("PUT", &one), ("PATCH", &one)] {
            let refused = send(&site, method, path, body.clone()).await;
            assert_eq!(refused.status, 400, "{method} {target}: {}", refused.json);
            assert!(refused.json["errors"]["target"].is_array(), "{}", refused.json);
        }
    }
    let shown = send(&site, "GET", &one, Value::Null).await;
    assert_eq!(shown.json["target"], "tcp://rumah.example.com:443", "as it was");
}
