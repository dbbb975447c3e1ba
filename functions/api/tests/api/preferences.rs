//! What a person wants to be told: `/api/users/me/preferences/`.

use serde_json::{Value, json};

use crate::site::{Site, Who};

const PATH: &str = "/api/users/me/preferences/";

fn all() -> Value {
    let both = json!({ "email": true, "telegram": true });
    json!({ "reminders": both, "outages": both, "mailings": both })
}

#[tokio::test]
async fn everybody_is_told_everything_until_they_say_otherwise_of_one_thing() {
    let site = Site::with(&[Who::User, Who::Admin]).await;
    let before = site.get(Who::User, PATH).await;
    assert_eq!((before.status.as_u16(), &before.json), (200, &all()));

    let change = json!({ "mailings": { "email": false }, "outages": { "telegram": false, "email": true } });
    let said = site.call(Who::User, "PUT", PATH, change.clone()).await;
    let mut expected = all();
    expected["mailings"]["email"] = json!(false);
    expected["outages"]["telegram"] = json!(false);
    assert_eq!((said.status.as_u16(), &said.json), (200, &expected));
    let read = site.get(Who::User, PATH).await;
    assert_eq!(
        (&read.json, read.header("etag")),
        (&expected, said.header("etag"))
    );
    assert_ne!(read.header("etag"), before.header("etag"));

    let again = site.call(Who::User, "PUT", PATH, change).await;
    assert_eq!(again.header("etag"), said.header("etag"), "nothing has changed");
    assert_eq!(site.get(Who::Admin, PATH).await.json, all(), "of others");
}

#[tokio::test]
async fn a_lost_update_is_refused_and_what_is_known_is_not_sent_again() {
    let site = Site::with(&[Who::User]).await;
    let tag = site.get(Who::User, PATH).await.header("etag").to_owned();
    let unchanged = (Who::User, "GET", PATH, Value::Null);
    assert_eq!(
        site.call_with(unchanged, ("if-none-match", &tag)).await.status,
        304
    );
    let change = || (Who::User, "PUT", PATH, json!({ "mailings": { "email": false } }));
    assert_eq!(site.call_with(change(), ("if-match", &tag)).await.status, 200);
    for stale in [tag.as_str(), "nonsense"] {
        assert_eq!(site.call_with(change(), ("if-match", stale)).await.status, 412);
    }
}

#[tokio::test]
async fn every_bad_field_is_named_and_nothing_is_changed() {
    let site = Site::with(&[Who::User]).await;
    let bad = [
        json!(null),
        json!(true),
        json!([]),
        json!("email"),
        json!({ "email": "no" }),
        json!({ "email": null }),
        json!({ "email": 0, "telegram": true }),
        json!({ "pigeon": false }),
        json!({ "Email": false }),
    ];
    let _ = site.house.meter().take();
    for value in bad {
        let body = json!({ "reminders": value, "outages": value, "mailings": { "email": false } });
        let refused = site.call(Who::User, "PUT", PATH, body).await;
        assert_eq!(refused.status, 400, "{value}");
        assert_eq!(refused.bad_fields(), ["outages", "reminders"], "{value}");
    }
    assert!(site.house.meter().take_total().write < f64::EPSILON);
    let unknown = site.call(Who::User, "PUT", PATH, json!({ "weather": 7 })).await;
    assert_eq!(unknown.json, all(), "fields that nobody knows are ignored");
}
