//! What the Bot API is asked, and which one is.

use kabar_courier::TelegramChannel;
use kabar_domain::telegram::ChatId;
use serde_json::{Value, json};

use crate::server::Gateway;

pub(crate) const TOKEN: &str = "424242:a-Token_that-nobody-may-see";
pub(crate) const CHAT: i64 = 9_876_543;
pub(crate) const TEXT: &str = "Power is <b>back</b> in Tom &amp; Jerry";

pub(crate) fn chat() -> ChatId {
    ChatId::new(CHAT).expect("a chat")
}

/// A channel as telegram-sender makes it.
pub(crate) fn channel(url: &str) -> TelegramChannel {
    TelegramChannel::new(kabar_kit::web(url), url, TOKEN).expect("a bot")
}

/// The path and the body of a request.
fn parts(request: &str) -> (String, Value) {
    let (head, body) = request.split_once("\r\n\r\n").expect("a body");
    let path = head
        .strip_prefix("POST ")
        .and_then(|rest| rest.split_once(' '))
        .expect("a path")
        .0;
    assert!(head.contains("content-type: application/json"), "{head}");
    (path.to_owned(), serde_json::from_str(body).expect("JSON"))
}

#[tokio::test]
async fn a_message_is_html_to_a_chat_and_an_edit_names_it() {
    let api = Gateway::saying(200, r#"{"ok": true, "result": {"message_id": 77}}"#).await;
    let channel = channel(&format!("{}/telegram/", api.url));
    let number = channel.send(chat(), TEXT).await.expect("sent");
    channel.edit(chat(), &number, "It is over").await.expect("edited");
    let [sent, edited] = api.requests().try_into().expect("two requests");
    let (path, body) = parts(&sent);
    assert_eq!(path, format!("/telegram/bot{TOKEN}/sendMessage"));
    let plain = json!({ "is_disabled": true });
    assert_eq!(
        body,
        json!({ "chat_id": CHAT, "text": TEXT, "parse_mode": "HTML", "link_preview_options": plain })
    );
    let (path, body) = parts(&edited);
    assert_eq!(path, format!("/telegram/bot{TOKEN}/editMessageText"));
    assert_eq!(
        (&body["message_id"], &body["text"]),
        (&json!(77), &json!("It is over"))
    );
    let nameless = channel.edit(chat(), "", TEXT).await;
    assert!(nameless.is_err(), "a message of which nobody knows the number");
    assert_eq!(api.requests().len(), 2);
}

#[test]
fn a_token_goes_only_where_nobody_else_can_read_it() {
    let bot = |url: &str, token: &str| TelegramChannel::new(kabar_kit::web("http:"), url, token);
    for url in [
        "https://api.telegram.org",
        "http://127.0.0.1:8000/_local/telegram",
    ] {
        assert!(bot(url, &format!(" {TOKEN}\n")).is_ok(), "{url}");
    }
    for url in [
        "",
        "http://api.telegram.org",
        "https://api.telegram.org/?a=b",
        "https://a@api.telegram.org",
    ] {
        let refused = bot(url, TOKEN).err().expect("refused").to_string();
        assert!(refused.contains("https") && !refused.contains(TOKEN), "{refused}");
    }
    for token in [
        "",
        ":",
        "424242",
        "424242:",
        ":secret",
        "x:secret",
        "424242:se/cret",
        "424242:se cret",
    ] {
        let refused = bot("https://api.telegram.org", token)
            .err()
            .expect("refused")
            .to_string();
        assert!(
            refused.contains("token") && (token.len() < 2 || !refused.contains(token)),
            "{refused}"
        );
    }
}
