//! Mailings through the deployed template: by mail and by text message, on trial, paused, resumed and counted, while
//! what they go by fails.

use kabar_local::Options;
use serde_json::{Value, json};

use crate::stack::{Stack, eventually};

const CLIENTS: usize = 230;

async fn outbox(stack: &Stack, channel: &str) -> Vec<Value> {
    let outbox = stack.get(&format!("/_local/outbox?channel={channel}")).await;
    outbox["messages"].as_array().unwrap().clone()
}

/// A mailing that begins at once.
pub(crate) async fn mailing(stack: &Stack, channel: &str, tag: Option<&str>) -> String {
    let body = json!({ "start_time": "2026-01-01T00:00:00Z", "end_time": "2099-01-01T00:00:00Z",
        "text": "Dear {{first_name|friend}}, we are open.", "subject": "Open", "channel": channel,
        "local_window": null, "filter": { "tag": tag.into_iter().collect::<Vec<_>>() } });
    let made = stack.post("/api/mailings/", body).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn stats(stack: &Stack, mailing: &str) -> Value {
    stack.get(&format!("/api/mailings/{mailing}/stats/")).await
}

#[tokio::test]
async fn mailings_reach_each_client_once_by_mail_and_by_phone() {
    let stack = Stack::start(Options::default()).await;
    for first in (0..CLIENTS).step_by(20) {
        let one = |number: usize| {
            let tag = if number < 30 { "vip" } else { "" };
            let body = json!({ "phone": format!("7916{number:07}"), "time_zone": "Asia/Jakarta", "tag": tag,
                "email": format!("c{number}@example.com"), "first_name": format!("C{number}") });
            stack.post("/api/clients/", body)
        };
        let some = (first..(first + 20).min(CLIENTS)).map(one);
        futures_util::future::join_all(some).await;
    }
    stack.fault("sms", "error", 3).await;
    stack.fault("ses", "throttle", 5).await;
    let mail = mailing(&stack, "email", None).await;
    let text = mailing(&stack, "sms", Some("vip")).await;
    let audience = stack.get(&format!("/api/mailings/{text}/audience/")).await;
    assert_eq!(audience["count"], 30);
    let path = |what: &str| format!("/api/mailings/{mail}/{what}/");
    let paused = stack.post(&path("pause"), Value::Null).await;
    assert_eq!(paused["status"], "paused");
    let tried = stack
        .post(&path("test"), json!({ "to": "ayu@example.com" }))
        .await;
    assert!(tried["notice"].is_string());
    eventually("the trial arrives", async || {
        let mails = outbox(&stack, "email").await;
        let is_trial = |mail: &&Value| mail["subject"] == "Test: Open";
        mails.iter().find(is_trial).map(|_| ())
    })
    .await;
    stack.post(&path("resume"), Value::Null).await;
    for (id, people) in [(&mail, CLIENTS), (&text, 30)] {
        eventually("the mailing is finished", async || {
            // What failed comes again after a minute; a paused page looks again as often.
            stack.invoke("mailing-dispatch", None).await;
            let stats = stats(&stack, id).await;
            (stats["status"] == "finished").then(|| assert_eq!(stats["counts"]["sent"], people))
        })
        .await;
    }
    let told = stats(&stack, &mail).await;
    let sum = |name: &str| -> u64 {
        let counts = told[name].as_object().unwrap().values();
        counts.filter_map(Value::as_u64).sum()
    };
    for breakdown in ["by_hour", "by_operator", "by_tag"] {
        assert_eq!(sum(breakdown), 230, "{told}");
    }
    let mut reached: Vec<String> = outbox(&stack, "email")
        .await
        .iter()
        .filter(|mail| mail["subject"] == "Open")
        .map(|mail| mail["to"].as_str().unwrap().to_owned())
        .collect();
    reached.sort_unstable();
    let sent = reached.len();
    reached.dedup();
    assert_eq!((reached.len(), sent), (CLIENTS, CLIENTS), "each once");
    let texts = outbox(&stack, "sms").await;
    assert_eq!(texts.len(), 30);
    assert!(
        texts
            .iter()
            .all(|text| text["text"].as_str().unwrap().starts_with("Dear C"))
    );
}
