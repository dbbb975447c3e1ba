//! What is made of an answer.

use std::time::Duration;

use kabar_courier::Refused;
use kabar_domain::telegram::{ChatId, Inactive};

use crate::{
    requests::{CHAT, TEXT, TOKEN, channel, chat},
    server::{Act, Gateway, answer},
};

async fn sent(status: u16, body: &str) -> Result<String, Refused> {
    let api = Gateway::saying(status, body).await;
    let sent = channel(&api.url).send(chat(), TEXT).await;
    assert_eq!(api.requests().len(), 1, "a try is one request");
    sent
}

fn refusal(status: u16, description: &str, parameters: &str) -> String {
    format!(
        r#"{{"ok": false, "error_code": {status}, "description": "{description}", "parameters": {{{parameters}}}}}"#
    )
}

#[tokio::test]
async fn a_message_that_is_taken_has_a_number() {
    let taken = format!(r#"{{"ok": true, "result": {{"message_id": 77, "chat": {{"id": {CHAT}}}}}}}"#);
    assert_eq!(sent(200, &taken).await, Ok("77".to_owned()));
    for odd in [
        "",
        "OK",
        "[]",
        r#"{"ok": true}"#,
        r#"{"ok": true, "result": {"message_id": "77"}}"#,
    ] {
        assert_eq!(
            sent(200, odd).await,
            Ok(String::new()),
            "{odd:?}: Telegram has it all the same"
        );
    }
}

#[tokio::test]
async fn who_cannot_be_reached_is_noticed() {
    for (status, description, reason) in [
        (403, "Forbidden: bot was blocked by the user", Inactive::Blocked),
        (403, "Forbidden: user is deactivated", Inactive::Deactivated),
        (
            403,
            "Forbidden: bot was kicked from the supergroup chat",
            Inactive::Kicked,
        ),
        (
            403,
            "Forbidden: bot is not a member of the channel chat",
            Inactive::Forbidden,
        ),
        (400, "Bad Request: chat not found", Inactive::NotFound),
    ] {
        let refused = sent(status, &refusal(status, description, "")).await;
        assert_eq!(refused, Err(Refused::Unreachable(reason)), "{description}");
    }
    let moved = refusal(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        r#""migrate_to_chat_id": -1001234567890"#,
    );
    let to = ChatId::new(-1_001_234_567_890).expect("a chat");
    assert_eq!(sent(400, &moved).await, Err(Refused::Moved(to)));
}

#[tokio::test]
async fn whoever_asks_too_fast_is_told_for_how_long_to_wait() {
    let busy = refusal(429, "Too Many Requests: retry after 31", r#""retry_after": 31"#);
    let wait = Some(Duration::from_secs(31));
    assert_eq!(sent(429, &busy).await, Err(Refused::Throttled(wait)));
    assert_eq!(sent(429, "busy").await, Err(Refused::Throttled(None)));
}

#[tokio::test]
async fn what_is_not_the_message_s_fault_is_tried_again() {
    for status in [408, 500, 502, 503, 504] {
        assert_eq!(
            sent(status, "{}").await,
            Err(Refused::Unknown(format!("answered {status}")))
        );
    }
    for status in [301, 302, 401, 403, 404] {
        assert_eq!(
            sent(status, "{}").await,
            Err(Refused::Later(format!("answered {status}")))
        );
    }
    let unreadable = refusal(400, "Bad Request: can't parse entities", "");
    for (status, body) in [(400, unreadable.as_str()), (400, ""), (413, "{}")] {
        assert_eq!(
            sent(status, body).await,
            Err(Refused::ForGood(format!("answered {status}")))
        );
    }
}

#[tokio::test]
async fn an_edit_that_changes_nothing_is_done() {
    let edited = async |status: u16, body: &str| {
        let api = Gateway::saying(status, body).await;
        channel(&api.url).edit(chat(), "77", TEXT).await
    };
    let same = refusal(
        400,
        "Bad Request: message is not modified: specified new message content is the same",
        "",
    );
    assert_eq!(edited(400, &same).await, Ok(()));
    assert_eq!(edited(200, r#"{"ok": true, "result": {}}"#).await, Ok(()));
    let gone = refusal(400, "Bad Request: message to edit not found", "");
    assert_eq!(
        edited(400, &gone).await,
        Err(Refused::ForGood("answered 400".to_owned()))
    );
}

#[tokio::test]
async fn a_connection_that_fails_or_hangs_leaves_a_doubt_only_where_there_is_one() {
    let nobody = channel("http://127.0.0.1:1").send(chat(), TEXT).await;
    assert_eq!(nobody, Err(Refused::Later("no connection".to_owned())));
    let curt = Gateway::that(Act::Cut(String::new())).await;
    let cut = channel(&curt.url).send(chat(), TEXT).await;
    assert_eq!(cut, Err(Refused::Unknown("connection lost".to_owned())));
    let mute = Gateway::that(Act::Hang(String::new())).await;
    let hung = channel(&mute.url).send(chat(), TEXT).await;
    assert_eq!(hung, Err(Refused::Unknown("no answer in time".to_owned())));
}

#[tokio::test]
async fn no_error_says_the_token_the_chat_or_the_text() {
    let echo = refusal(400, &format!("{TOKEN} may not say {TEXT} to {CHAT}"), "");
    let mut acts = vec![
        Act::Cut(String::new()),
        Act::Cut(format!("HTTP/1.1 200 {TOKEN} {CHAT}")),
    ];
    acts.extend([302, 400, 401, 403, 404, 429, 500].map(|status| Act::Say(answer(status, &echo))));
    for act in acts {
        let api = Gateway::that(act).await;
        let refused = channel(&api.url).send(chat(), TEXT).await.expect_err("refused");
        let said = format!("{refused:?}");
        for secret in [TOKEN, &CHAT.to_string(), TEXT, "bot"] {
            assert!(!said.contains(secret), "{said}");
        }
    }
}
