use kabar_domain::{
    ids::{MessageId, UserId},
    news::Answer,
};
use serde_json::json;

use crate::{
    own_messages,
    site::{Site, Who, numbered},
};

/// A notice about a region with one follower, told to its end.
pub(crate) async fn told(site: &Site) -> String {
    told_to(site, site.id_of(Who::User)).await
}

/// The same with this follower.
pub(crate) async fn told_to(site: &Site, user: UserId) -> String {
    let region = site.region().await;
    let followers = format!("/api/regions/{region}/followers");
    let body = json!({ "user_id": user.to_string() });
    site.call(Who::Superuser, "POST", &followers, body).await;
    site.call(
        Who::Superuser,
        "PUT",
        &format!("/api/regions/{region}/status"),
        json!({ "status": "off" }),
    )
    .await;
    site.house.check().await;
    site.house.drain().await;
    let notices = site.get(Who::Superuser, "/api/notices").await;
    notices.json["notices"][0]["id"].as_str().unwrap().to_owned()
}

/// An entry of the suppression list.
pub(crate) async fn suppressed(site: &Site) -> String {
    let body = json!({ "email": "gone@example.com", "topic": "mailings" });
    let made = site.call(Who::Superuser, "POST", "/api/suppressions", body).await;
    made.json["suppressions"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn staff_see_what_was_told_to_whom_with_what_outcome() {
    let site = Site::new().await;
    let id = told(&site).await;
    let notice = site.get(Who::Admin, &format!("/api/notices/{id}")).await;
    assert_eq!(notice.json["status"], "done");
    assert_eq!(notice.json["counts"]["sent"], 1);
    assert!(!notice.header("etag").is_empty());
    let messages = site
        .get(Who::Admin, &format!("/api/notices/{id}/messages/"))
        .await;
    insta::assert_json_snapshot!("messages", numbered(messages.json.clone()));
    insta::assert_json_snapshot!("notice", numbered(notice.json.clone()));
}

#[tokio::test]
async fn staff_see_why_somebody_was_told_and_what_the_provider_said_when() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let user = site.id_of(Who::User);
    let id = own_messages::message(&site, user).await;
    site.house.world.pass_seconds(7);
    let address = "ulla@example.com";
    let delivery = site.house.delivery(MessageId::parse(&id).unwrap(), address);
    site.house.deliver(&delivery).await;
    let url = format!("/api/messages/{id}/");
    let seen = site.get(Who::Admin, &url).await;
    insta::assert_json_snapshot!("message_in_full", numbered(seen.json));

    // What weighs more is what is kept, with its own time.
    site.house.world.pass_seconds(60);
    let notice = MessageId::parse(&id).unwrap().page().notice();
    let message = site.house.only_message(notice).await;
    let complaint = site.house.feedback(&message, address, Answer::Complaint);
    site.house.hear(&[complaint]).await;
    let seen = site.get(Who::Admin, &url).await;
    assert_eq!(seen.json["status"], "complained");
    let events = json!([
        { "event": "sent", "at": "2026-11-21T10:00:00Z" },
        { "event": "complaint", "at": "2026-11-21T10:01:07Z" }
    ]);
    assert_eq!(seen.json["events"], events);
}

#[tokio::test]
async fn a_notice_that_changes_changes_its_entity_tag() {
    let site = Site::new().await;
    let region = site.region().await;
    let user = site.id_of(Who::User).to_string();
    let followers = format!("/api/regions/{region}/followers");
    site.call(Who::Superuser, "POST", &followers, json!({ "user_id": user }))
        .await;
    site.call(
        Who::Superuser,
        "PUT",
        &format!("/api/regions/{region}/status"),
        json!({ "status": "off" }),
    )
    .await;
    site.house
        .checker
        .check(kabar_domain::World::now(&*site.house.world))
        .await
        .unwrap();
    let notices = site.get(Who::Admin, "/api/notices").await;
    let path = format!(
        "/api/notices/{}",
        notices.json["notices"][0]["id"].as_str().unwrap()
    );
    let before = site.get(Who::Admin, &path).await;
    assert_eq!(before.json["status"], "planning");
    site.house.check().await;
    site.house.drain().await;
    let after = site.get(Who::Admin, &path).await;
    assert_ne!(before.header("etag"), after.header("etag"));
}
