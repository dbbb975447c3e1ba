//! What people were told, for themselves.

use kabar_domain::ids::{MessageId, UserId};
use kabar_testkit::Mail;
use serde_json::{Value, json};

use crate::{
    sales,
    site::{Answer, Site, Who, numbered},
    telling::told_to,
};

const PATH: &str = "/api/users/me/messages/";

/// The id of a message to a person about a region that they follow.
pub(crate) async fn message(site: &Site, user: UserId) -> String {
    let notice = told_to(site, user).await;
    let url = format!("/api/notices/{notice}/messages/");
    let messages = site.get(Who::Superuser, &url).await;
    messages.json["messages"][0]["id"].as_str().unwrap().to_owned()
}

fn kinds(answer: &Answer) -> Vec<(&str, &str)> {
    let messages = answer.json["messages"].as_array().unwrap();
    messages
        .iter()
        .map(|one| (one["kind"].as_str().unwrap(), one["because"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn people_see_what_they_were_told_and_why_and_nobody_else_s() {
    let site = Site::new().await;
    let user = site.id_of(Who::User);
    let sale = sales::sale(&site, site.id_of(Who::Organizer), user).await;
    site.house.drain().await;
    site.house.world.pass_seconds(60);
    let id = message(&site, user).await;
    site.house.world.pass_seconds(60);
    site.code("ulla@example.com").await;

    let listed = site.get(Who::User, PATH).await;
    assert_eq!(
        kinds(&listed),
        [
            ("password_reset", "account"),
            ("outage", "follower"),
            ("registration", "ticket_holder")
        ]
    );
    assert_eq!(listed.json["messages"][2]["event"], json!(sale.event));
    assert_eq!(listed.json["next"], Value::Null);
    let one = site.get(Who::User, &format!("{PATH}{id}/")).await;
    assert_eq!(one.json, listed.json["messages"][1]);
    assert!(!one.header("etag").is_empty());
    insta::assert_json_snapshot!("own_message", numbered(one.json));

    for who in [Who::Organizer, Who::Admin, Who::Superuser] {
        assert!(
            kinds(&site.get(who, PATH).await)
                .iter()
                .all(|(kind, _)| *kind != "outage")
        );
        for url in [format!("{PATH}{id}/"), format!("{PATH}{id}/copy/")] {
            assert_eq!(site.get(who, &url).await.status, 404, "{who:?} {url}");
        }
    }
}

#[tokio::test]
async fn a_list_of_what_people_were_told_is_walked_by_its_cursor() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    for _ in 0..5 {
        message(&site, site.id_of(Who::User)).await;
        site.house.world.pass_seconds(1);
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let part = site.get(Who::User, &format!("{PATH}?limit=2{cursor}")).await;
        let messages = part.json["messages"].as_array().unwrap();
        seen.extend(messages.iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        match part.json["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.is_sorted_by(|a, b| a > b), "the newest first: {seen:?}");
}

#[tokio::test]
async fn a_copy_is_what_was_sent_but_for_its_code() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let user = site.id_of(Who::User);
    sales::sale(&site, site.id_of(Who::Organizer), user).await;
    site.house.drain().await;
    message(&site, user).await;
    let code = site.code("ulla@example.com").await;
    let mails = site.house.ses.mails();
    let listed = site.get(Who::User, PATH).await;
    let messages = listed.json["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 3);
    for message in messages {
        let url = format!("{PATH}{}/copy/", message["id"].as_str().unwrap());
        let copy = site.get(Who::User, &url).await;
        assert_eq!(copy.status, 200, "{}", copy.json);
        assert!(!copy.text.contains(&code), "nobody keeps it");
        let lines = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        let hidden = |text: &str| lines(text).replace(&code, "••••••••");
        let is_it = |mail: &&Mail| {
            copy.json["subject"] == mail.subject.as_str()
                && lines(copy.json["text"].as_str().unwrap()) == hidden(&mail.text)
                && lines(copy.json["html"].as_str().unwrap()) == hidden(&mail.html)
        };
        let own = mails.iter().filter(|mail| mail.to == "ulla@example.com");
        assert_eq!(own.filter(is_it).count(), 1, "{}", copy.json);
    }
}

#[tokio::test]
async fn what_was_not_sent_is_listed_and_has_no_copy_and_what_arrived_says_so() {
    let site = Site::with(&[Who::User, Who::Superuser]).await;
    let user = site.id_of(Who::User);
    let arrived = message(&site, user).await;
    let delivery = site
        .house
        .delivery(MessageId::parse(&arrived).unwrap(), "ulla@example.com");
    site.house.deliver(&delivery).await;
    let said = json!({ "outages": { "email": false } });
    site.call(Who::User, "PUT", "/api/users/me/preferences", said)
        .await;
    site.house.world.pass_seconds(60);
    let silenced = message(&site, user).await;
    let listed = site.get(Who::User, PATH).await;
    let stand = |at: usize| {
        let message = &listed.json["messages"][at];
        (message["id"].clone(), message["status"].clone())
    };
    assert_eq!(stand(0), (json!(silenced), json!("suppressed")));
    assert_eq!(stand(1), (json!(arrived), json!("delivered")));
    let refused = site.get(Who::User, &format!("{PATH}{silenced}/copy/")).await;
    assert_eq!(refused.status, 409, "{}", refused.json);
}
