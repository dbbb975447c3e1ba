//! Outages in Telegram through the deployed template: chats are added and connected, told, edited, moved and lost, and the
//! bot answers.

use kabar_local::Options;
use serde_json::{Value, json};

use crate::stack::{Stack, eventually};

/// What a chat reads, oldest first.
async fn read_in(stack: &Stack, chat: i64) -> Vec<String> {
    let outbox = stack.get("/_local/outbox?channel=telegram").await;
    let messages = outbox["messages"].as_array().unwrap().iter();
    let chat = chat.to_string();
    let mine = messages.filter(|message| message["to"] == chat.as_str());
    mine.map(|message| message["text"].as_str().unwrap().to_owned())
        .collect()
}

/// Writes to the bot; returns what it answers.
async fn say(stack: &Stack, chat: i64, text: &str) -> String {
    let answer = stack
        .post("/_local/telegram/say", json!({ "chat_id": chat, "text": text }))
        .await;
    answer["text"].as_str().unwrap_or_default().to_owned()
}

async fn add(stack: &Stack, chat: i64, regions: Value) {
    let body = json!({ "chat_id": chat, "regions": regions, "language": "id", "time_zone": "Asia/Jakarta" });
    stack.post("/api/telegram/subscribers/", body).await;
}

async fn fault(stack: &Stack, kind: &str, chat: i64) {
    let fault = json!({ "service": "telegram", "operation": "sendMessage", "kind": kind, "contains": format!("\"chat_id\":{chat},") });
    stack.post("/_local/faults", fault).await;
}

#[tokio::test]
async fn chats_are_told_of_an_outage_and_its_end_and_the_bot_answers() {
    let stack = Stack::start(Options::default()).await;
    let region = stack.region("Bandung").await;
    stack.follower(&region, "sari", "id", "Asia/Jakarta").await;
    add(&stack, 1001, Value::Null).await;
    for chat in [-55, 1003] {
        add(&stack, chat, json!([region])).await;
    }
    // The superuser follows by Telegram, and connects a chat.
    let followers = format!("/api/regions/{region}/followers/");
    stack.post(&followers, json!({ "channels": ["telegram"] })).await;
    let link = stack.post("/api/telegram/link/", Value::Null).await;
    let (_, token) = link["url"].as_str().unwrap().split_once("?start=").unwrap();
    let connected = say(&stack, 1002, &format!("/start {token}")).await;
    assert!(connected.contains("This chat is connected"), "{connected}");
    assert!(
        say(&stack, 1004, &format!("/start {token}"))
            .await
            .contains("has been used")
    );

    fault(&stack, "migrated", -55).await;
    fault(&stack, "blocked", 1003).await;
    fault(&stack, "error", 1001).await;
    stack.say(&region, "off").await;
    assert_eq!(stack.invoke("power-check", None).await["outages_opened"], 1);
    for (chat, told) in [
        (1001, "Listrik padam di Bandung"),
        (-1_000_000_000_055, "Listrik padam di Bandung"),
        (1002, "Power is out in Bandung"),
    ] {
        eventually("a chat is told", async || {
            // What failed comes again after seconds.
            stack.invoke("mailing-dispatch", None).await;
            read_in(&stack, chat)
                .await
                .iter()
                .find(|text| text.contains(told))
                .map(|_| ())
        })
        .await;
    }
    assert_eq!(stack.mails().await.len(), 1, "Sari's");
    let subscribers = stack.get("/api/telegram/subscribers/").await;
    let standing = |chat: i64| {
        let all = subscribers["subscribers"].as_array().unwrap().iter();
        let found = all.clone().find(|subscriber| subscriber["chat_id"] == chat);
        found.map(|subscriber| subscriber["reason"].clone())
    };
    assert_eq!(standing(1003), Some(json!("blocked")));
    assert_eq!(standing(-1_000_000_000_055), Some(Value::Null));
    assert_eq!(standing(-55), None, "it is the same chat");
    assert!(say(&stack, 1002, "/status").await.contains("out since"));

    stack.say(&region, "on").await;
    stack.invoke("power-check", None).await;
    for chat in [1001, 1002, -1_000_000_000_055] {
        eventually("the outage's own message says that it is over", async || {
            let texts = read_in(&stack, chat).await;
            let is_over = texts
                .iter()
                .any(|text| text.starts_with('✅') && !text.contains("connected"));
            let is_back = texts.iter().any(|text| text.starts_with('💡'));
            (is_over && is_back).then_some(())
        })
        .await;
    }
    assert!(read_in(&stack, 1003).await.is_empty());
    assert!(say(&stack, 1001, "/history").await.contains("selama"));
    assert!(say(&stack, 1001, "/stop").await.contains("/start"));

    let test = stack.post("/api/telegram/test/", Value::Null).await;
    assert_eq!(test["chat_id"], 1002);
    eventually("the test arrives", async || {
        let texts = read_in(&stack, 1002).await;
        texts
            .iter()
            .find(|text| text.contains("test message"))
            .map(|_| ())
    })
    .await;
    assert_log_says_no_token(&stack, token);
}

/// The bot's token begins with its number and a colon; a link's token is as good as a password for a while.
fn assert_log_says_no_token(stack: &Stack, link: &str) {
    let logs = std::fs::read_dir(stack.local.data_dir().join("logs")).unwrap();
    let mut has_sender = false;
    for log in logs {
        let path = log.unwrap().path();
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        has_sender |= path.ends_with("telegram-sender.log") && text.contains("\"sent\"");
        for secret in ["424242:", link] {
            assert!(!text.contains(secret), "{secret} is in {}", path.display());
        }
    }
    assert!(has_sender, "telegram-sender has a log of what it sent");
}
