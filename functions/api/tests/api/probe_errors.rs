//! Why a target does not answer is said with its detector, and nothing of where its name leads.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    homes::made,
    site::{Site, Who},
};

const NAME: &str = "rumah.example.com";
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A minute later a check tries the targets.
async fn check(site: &Site) {
    site.house.world.pass_seconds(60);
    assert_eq!(site.house.check().await.probes, 1);
}

async fn get(site: &Site, path: &str) -> Value {
    let answer = site.call(Who::User, "GET", path, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.json);
    answer.json
}

#[tokio::test]
async fn the_last_error_of_a_target_is_there_until_it_answers_or_is_another() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let user = site.id_of(Who::User);
    let home = made(&site, user, user).await.home;
    let server = TcpListener::bind((HERE, 0)).await.unwrap();
    let port = server.local_addr().unwrap().port();
    let path = format!("/api/homes/{home}/detectors/");
    let target = format!("tcp://{NAME}:{port}");
    let new = json!({ "kind": "probe", "target": target });
    let made = site.call(Who::User, "POST", &path, new).await;
    assert_eq!(made.json["last_error"], Value::Null, "{}", made.json);
    let one = format!("{path}{}/", made.id());
    let leads = |to: Option<&str>| site.house.targets.lead(NAME, to.map(|to| to.parse().unwrap()));

    check(&site).await;
    assert_eq!(get(&site, &one).await["last_error"], "name_not_found");
    leads(Some("10.1.2.3"));
    check(&site).await;
    let refused = get(&site, &path).await;
    assert_eq!(refused["detectors"][1]["last_error"], "refused_address");
    assert_eq!(
        refused["detectors"][0]["last_error"],
        Value::Null,
        "a device has none"
    );
    assert!(!refused.to_string().contains("10.1.2.3"), "{refused}");
    leads(Some("127.0.0.1"));
    check(&site).await;
    assert_eq!(get(&site, &one).await["last_error"], Value::Null, "it answered");
    drop(server);
    check(&site).await;
    let failing = get(&site, &one).await;
    assert_eq!(failing["last_error"], "connection_refused", "{failing}");

    let change = json!({ "target": format!("tcp://{NAME}:1") });
    let changed = site.call(Who::User, "PATCH", &one, change).await;
    assert_eq!(changed.status, 200, "{}", changed.json);
    assert_eq!(get(&site, &one).await["last_error"], Value::Null, "never tried");
}
