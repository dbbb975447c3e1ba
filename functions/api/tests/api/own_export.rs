//! All that Kabar knows of a person, for themselves.

use kabar_testkit::WEBHOOK_SECRET;
use serde_json::{Value, json};

use crate::{
    homes, own_messages, sales,
    site::{Site, Who},
    telegram,
};

const PATH: &str = "/api/users/me/export/";

#[tokio::test]
async fn a_person_gets_all_that_is_known_of_them_and_of_nobody_else() {
    let site = Site::new().await;
    let user = site.id_of(Who::User);
    let sale = sales::sale(&site, site.id_of(Who::Organizer), user).await;
    let made = homes::made(&site, user, site.id_of(Who::Organizer)).await;
    site.house.drain().await;
    let message = own_messages::message(&site, user).await;
    let link = site
        .call(Who::User, "POST", "/api/telegram/link", Value::Null)
        .await;
    let token = link.json["url"]
        .as_str()
        .unwrap()
        .split_once("?start=")
        .unwrap()
        .1;
    let start = telegram::update(1, 1_001, &format!("/start {token}"));
    telegram::told(&site, WEBHOOK_SECRET, &start).await;

    let all = site.get(Who::User, PATH).await;
    assert_eq!(all.status, 200, "{}", all.json);
    assert_eq!(all.json["next"], Value::Null);
    assert_eq!(all.json["user"], site.get(Who::User, "/api/users/me/").await.json);
    let preferences = site.get(Who::User, "/api/users/me/preferences/").await.json;
    assert_eq!(all.json["preferences"], preferences);
    assert_eq!(all.json["telegram"]["chat_id"], 1_001);
    let ids = |list: &str| -> Vec<Value> {
        let list = all.json[list].as_array().unwrap();
        list.iter().map(|one| one["id"].clone()).collect()
    };
    assert_eq!(ids("registrations"), [json!(sale.registration)]);
    assert_eq!(ids("payments"), [json!(sale.payment)]);
    assert_eq!(ids("homes"), [json!(made.home)]);
    assert_eq!(all.json["homes"][0]["detectors"][0]["id"], json!(made.detector));
    assert!(ids("messages").contains(&json!(message)));
    assert_eq!(all.json["follows"].as_array().unwrap().len(), 1);
    assert!(!all.text.contains(&made.key), "no key of a device");
    assert!(!all.text.contains("argon2"), "no hash of a password");

    // Staff see all registrations and homes elsewhere; of themselves there is nothing.
    let staff = site.get(Who::Superuser, PATH).await;
    for list in ["registrations", "payments", "homes", "follows", "messages"] {
        assert_eq!(staff.json[list], json!([]), "{list}");
    }
    assert_eq!(staff.json["telegram"], Value::Null);
    site.house.drain().await;
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let site = Site::with(&[Who::User]).await;
    for cursor in ["x", "", "ZXhwb3J0OmhvbWVzLw", "dXNlcnM6eA"] {
        let refused = site.get(Who::User, &format!("{PATH}?cursor={cursor}")).await;
        assert_eq!(
            (refused.status.as_u16(), refused.bad_fields()),
            (400, vec!["cursor"]),
            "{cursor}"
        );
    }
}
