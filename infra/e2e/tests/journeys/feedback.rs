//! What comes back: bounces by way of SES, SNS and the queue, and a reader's own word by the link in a mail.

use kabar_local::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::stack::{Stack, eventually};

const ADDRESS: &str = "sari@example.com";

/// The mails to the reader, oldest first.
async fn mails(stack: &Stack) -> Vec<Value> {
    let outbox = stack
        .get(&format!("/_local/outbox?channel=email&to={ADDRESS}"))
        .await;
    outbox["messages"].as_array().unwrap().clone()
}

/// The power goes out or comes back; returns the counts of the notice that tells of it.
async fn tell(stack: &Stack, region: &str, status: &str) -> Value {
    stack.say(region, status).await;
    stack.invoke("power-check", None).await;
    let kind = if status == "off" { "outage" } else { "restored" };
    stack.told(region, kind).await["counts"].clone()
}

#[tokio::test]
async fn an_address_that_bounces_gets_passwords_only_until_staff_lift_it() {
    let stack = Stack::start(Options::default()).await;
    let region = stack.region("Bandung").await;
    stack.follower(&region, "sari", "id", "Asia/Jakarta").await;
    assert_eq!(tell(&stack, &region, "off").await["sent"], 1);

    let mail = &mails(&stack).await[0];
    let path = format!("/_local/outbox/{}/feedback", mail["id"]);
    for kind in ["delivery", "bounce", "bounce"] {
        stack.post(&path, json!({ "kind": kind })).await;
    }
    eventually("the message is bounced", async || {
        (stack.notice(&region).await["counts"]["bounced"] == 1).then_some(())
    })
    .await;
    // The counters, held to the rows.
    stack.told(&region, "outage").await;
    let listed = stack.get(&format!("/api/suppressions/?email={ADDRESS}")).await;
    let entries = listed["suppressions"].as_array().unwrap();
    assert_eq!(entries.len(), 3, "of every topic: {listed}");
    assert!(entries.iter().all(|entry| entry["reason"] == "hard_bounce"));

    assert_eq!(tell(&stack, &region, "on").await["suppressed"], 1);
    stack
        .post("/api/password/forgot/", json!({ "email": ADDRESS }))
        .await;
    eventually("the code arrives", async || {
        (mails(&stack).await.len() == 2).then_some(())
    })
    .await;

    for entry in entries {
        let path = format!("/api/suppressions/{}/", entry["id"].as_str().unwrap());
        let lifted = stack.request(Method::DELETE, &path).send().await.unwrap();
        assert_eq!(lifted.status(), 204);
    }
    assert_eq!(tell(&stack, &region, "off").await["sent"], 1);
    assert_eq!(mails(&stack).await.len(), 3);
    assert_eq!(stack.get("/api/brake/").await["bounced"], 1, "counted once");
}

#[tokio::test]
async fn a_reader_stops_such_mails_by_the_link_in_one_and_nothing_else() {
    let stack = Stack::start(Options::default()).await;
    let region = stack.region("Bandung").await;
    stack.follower(&region, "sari", "id", "Asia/Jakarta").await;
    tell(&stack, &region, "off").await;
    let mail = &mails(&stack).await[0];
    let header = mail["headers"]["List-Unsubscribe"].as_str().unwrap();
    let link = header.trim_start_matches('<').trim_end_matches('>');
    assert!(link.starts_with(stack.local.url()), "{link}");
    assert_eq!(
        mail["headers"]["List-Unsubscribe-Post"],
        "List-Unsubscribe=One-Click"
    );

    // Whoever looks, a scanner of links among them, changes nothing.
    for _ in 0..3 {
        let page = stack.http.get(link).send().await.unwrap();
        assert_eq!(page.status(), 200);
        assert!(page.text().await.unwrap().contains("Hentikan email ini?"));
    }
    assert_eq!(tell(&stack, &region, "on").await["sent"], 1);

    let press = async |body: &'static str| {
        let kind = "application/x-www-form-urlencoded";
        let pressed = stack.http.post(link).header("content-type", kind).body(body);
        let pressed = pressed.send().await.unwrap();
        assert_eq!(pressed.status(), 200);
        pressed.text().await.unwrap()
    };
    assert!(
        press("List-Unsubscribe=One-Click")
            .await
            .contains("Anda tidak lagi menerima email ini")
    );
    assert_eq!(tell(&stack, &region, "off").await["suppressed"], 1);
    stack
        .post("/api/password/forgot/", json!({ "email": ADDRESS }))
        .await;
    eventually("the code arrives", async || {
        (mails(&stack).await.len() == 3).then_some(())
    })
    .await;

    press("action=resume").await;
    assert_eq!(tell(&stack, &region, "on").await["sent"], 1);
    let forged = stack.http.get(&link[..link.len() - 1]).send().await.unwrap();
    assert_eq!(forged.status(), 404);
}
