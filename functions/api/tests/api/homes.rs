use kabar_domain::{
    ids::{SessionId, UserId},
    people::Caller,
};
use serde_json::{Value, json};

use crate::{
    access::themselves_and_another,
    site::{Site, Who, numbered},
};

/// A home with a device, and a member unless that is its owner.
pub(crate) struct Made {
    pub(crate) home: String,
    pub(crate) region: String,
    pub(crate) detector: String,
    pub(crate) key: String,
}

fn caller(site: &Site, user: UserId) -> Caller {
    Caller {
        user,
        session: SessionId::new(&*site.house.world),
        roles: Vec::new(),
    }
}

/// What makes somebody a member of a home.
pub(crate) async fn code(site: &Site, owner: UserId, home: &str) -> String {
    let home = kabar_domain::ids::HomeId::parse(home).unwrap();
    site.house
        .app
        .invite(&caller(site, owner), home, None)
        .await
        .unwrap()
        .code
}

pub(crate) async fn made(site: &Site, owner: UserId, member: UserId) -> Made {
    let region = site.region().await;
    let new = kabar_app::power::NewHome {
        name: "Rumah Dago".to_owned(),
        region: kabar_domain::ids::RegionId::parse(&region).unwrap(),
        zone: None,
    };
    let app = &site.house.app;
    let home = app.add_home(&caller(site, owner), new).await.unwrap();
    let new = kabar_app::power::NewDetector {
        name: "Router".to_owned(),
        means: kabar_domain::power::Means::Heartbeat {
            period_s: 60,
            grace_s: 30,
        },
        thresholds: kabar_domain::power::Thresholds::default(),
    };
    let device = app
        .add_detector(&caller(site, owner), home.id, new)
        .await
        .unwrap();
    if owner != member {
        let code = code(site, owner, &home.id.to_string()).await;
        app.join_home(&caller(site, member), &code).await.unwrap();
    }
    Made {
        home: home.id.to_string(),
        region,
        detector: device.detector.id.to_string(),
        key: device.key.unwrap(),
    }
}

/// A body that such a route takes.
pub(crate) fn body(method: &str, path: &str, region: &str) -> Value {
    let home = json!({ "name": "Rumah Dago", "region": region });
    let detector = json!({ "kind": "heartbeat", "period_s": 60 });
    match (method, path) {
        ("POST", "/api/homes") | ("PUT", "/api/homes/{id}") => home,
        ("PATCH", "/api/homes/{id}") => json!({ "name": "Gudang" }),
        ("POST", "/api/homes/{id}/detectors") | ("PUT", "/api/homes/{id}/detectors/{detector_id}") => {
            detector
        }
        ("PATCH", "/api/homes/{id}/detectors/{detector_id}") => json!({ "period_s": 300 }),
        ("PUT", "/api/homes/{id}/status") => json!({ "status": "off" }),
        _ => Value::Null,
    }
}

/// For the access matrix: the caller's own home, one that they are a member of (`held`), or somebody else's.
pub(crate) async fn prepare(site: &Site, who: Who, method: &str, path: &str, which: &str) -> (String, Value) {
    let (own, somebody) = themselves_and_another(site, who);
    let stranger = site
        .people
        .iter()
        .map(|(_, id, _)| *id)
        .find(|id| *id != own && *id != somebody);
    let (owner, member) = match which {
        "own" => (own, somebody),
        "held" => (somebody, own),
        _ => (somebody, stranger.unwrap()),
    };
    let made = made(site, owner, member).await;
    let mut body = body(method, path, &made.region);
    if path == "/api/homes/join" {
        body = json!({ "code": code(site, somebody, &made.home).await });
    }
    let url = path
        .replace("{id}", &made.home)
        .replace("{detector_id}", &made.detector)
        .replace("{user_id}", &member.to_string())
        .replace("{key}", &made.key);
    (url, body)
}

#[tokio::test]
async fn a_home_shows_what_is_known_of_it_and_its_tag_changes_with_what_is_heard() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let region = site.region().await;
    let new = json!({ "name": "Rumah Dago", "region": region });
    let made = site.call(Who::User, "POST", "/api/homes/", new).await;
    assert_eq!(made.status, 201, "{}", made.json);
    let path = format!("/api/homes/{}", made.id());
    let device = json!({ "kind": "heartbeat", "period_s": 60, "name": "Router" });
    let device = site
        .call(Who::User, "POST", &format!("{path}/detectors/"), device)
        .await;
    assert_eq!(device.status, 201, "{}", device.json);
    let key = device.json["key"].as_str().unwrap();
    for (method, end) in [("GET", ""), ("POST", "/"), ("HEAD", "")] {
        site.house.world.pass_seconds(1);
        let heard = site
            .call(Who::Nobody, method, &format!("/ping/{key}{end}"), Value::Null)
            .await;
        assert_eq!(
            (heard.status.as_u16(), heard.text.as_str()),
            (204, ""),
            "{method}"
        );
    }
    site.house.check().await;
    let shown = site.get(Who::User, &path).await;
    insta::assert_json_snapshot!("home", numbered(shown.json.clone()));
    let known = shown.header("etag").to_owned();
    let request = || ("if-none-match", known.as_str());
    let same = site
        .call_with((Who::User, "GET", &path, Value::Null), request())
        .await;
    assert_eq!(same.status, 304);
    site.house.world.pass_seconds(1);
    site.call(Who::Nobody, "POST", &format!("/ping/{key}"), Value::Null)
        .await;
    let other = site
        .call_with((Who::User, "GET", &path, Value::Null), request())
        .await;
    assert_eq!(other.status, 200, "it was seen since");
    let rename = (Who::User, "PATCH", path.as_str(), json!({ "name": "Gudang" }));
    let renamed = site.call_with(rename.clone(), ("if-match", &known)).await;
    assert_eq!(
        renamed.status, 200,
        "what was heard is no other version: {}",
        renamed.json
    );
    let lost = site.call_with(rename, ("if-match", &known)).await;
    assert_eq!(lost.status, 412);
    site.house.settle().await;
}

#[tokio::test]
async fn a_key_is_shown_once_and_not_to_whoever_asks_again() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let user = site.id_of(Who::User);
    let made = made(&site, user, user).await;
    let detectors = format!("/api/homes/{}/detectors", made.home);
    let invitations = format!("/api/homes/{}/invitations", made.home);
    let keys = format!("{detectors}/{}/key", made.detector);
    let device = json!({ "kind": "heartbeat", "period_s": 60 });
    for (path, body, secret) in [
        (&detectors, device, "key"),
        (&keys, Value::Null, "key"),
        (&invitations, Value::Null, "code"),
    ] {
        let call = || {
            site.call_with(
                (Who::User, "POST", path, body.clone()),
                ("idempotency-key", "once"),
            )
        };
        let first = call().await;
        assert_eq!(first.status, 201, "{path}: {}", first.json);
        assert!(first.json[secret].is_string(), "{path}");
        let again = call().await;
        let mut expected = first.json.clone();
        expected[secret] = Value::Null;
        assert_eq!((again.status, &again.json), (first.status, &expected), "{path}");
        assert!(!again.text.contains(first.json[secret].as_str().unwrap()));
    }
    let shown = site.get(Who::User, &detectors).await;
    assert_eq!(shown.json["detectors"].as_array().unwrap().len(), 2);
    assert!(!shown.text.contains("key"), "{}", shown.text);
}

#[tokio::test]
async fn a_key_that_is_none_is_not_found_and_every_such_answer_is_the_same() {
    let site = Site::with(&[Who::Superuser]).await;
    let user = site.id_of(Who::User);
    let made = made(&site, user, user).await;
    let other = format!("{}A", &made.key[..63]);
    let mut answers = Vec::new();
    for key in [
        "x",
        "%00",
        "%2e%2e",
        &"A".repeat(64),
        &other,
        &made.key[..40],
        &"A".repeat(5_000),
    ] {
        for end in ["", "/", "/on", "/off/"] {
            let answer = site
                .call(Who::Nobody, "POST", &format!("/ping/{key}{end}"), Value::Null)
                .await;
            assert_eq!(answer.status, 404, "{key}");
            answers.push(answer.text);
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[tokio::test]
async fn outages_of_a_home_are_shown_to_its_people_and_staff_alone() {
    let site = Site::new().await;
    let (owner, member) = (site.id_of(Who::User), site.id_of(Who::Organizer));
    let made = made(&site, owner, site.id_of(Who::User)).await;
    let status = format!("/api/homes/{}/status", made.home);
    let off = site
        .call(Who::User, "PUT", &status, json!({ "status": "off" }))
        .await;
    assert_eq!(off.status, 200, "{}", off.json);
    site.house.check().await;
    let path = format!("/api/outages?home={}", made.home);
    for (who, seen) in [
        (Who::Nobody, 0),
        (Who::User, 1),
        (Who::Organizer, 0),
        (Who::Admin, 1),
        (Who::Superuser, 1),
    ] {
        let found = site.get(who, &path).await;
        assert_eq!(found.json["outages"].as_array().unwrap().len(), seen, "{who:?}");
    }
    let join = json!({ "code": code(&site, owner, &made.home).await });
    let joined = site.call(Who::Organizer, "POST", "/api/homes/join", join).await;
    assert_eq!(joined.json["members"], json!([member.to_string()]));
    let found = site.get(Who::Organizer, &path).await;
    assert_eq!(found.json["outages"][0]["home"], made.home);
    assert_eq!(found.json["outages"][0]["cause"], "person");
    let public = site.get(Who::Superuser, "/api/outages").await;
    let is_of_home = |outage: &Value| !outage["home"].is_null();
    assert!(!public.json["outages"].as_array().unwrap().iter().any(is_of_home));
    site.house.settle().await;
}
