//! The Bot API (<https://core.telegram.org/bots/api>), as far as Kabar uses it: what the bot is asked to write lands in the
//! outbox, and what is said to it goes to Kabar's webhook.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::app::refuse;
use super::faults::{Kind, Service};
use super::{Gate, answers, played};
use crate::outside;

/// The most characters of a message, in the units that Telegram counts: UTF-16.
const LONGEST_TEXT: usize = 4096;
/// What a group's number becomes when the group becomes a supergroup.
const SUPERGROUP: i64 = 1_000_000_000_000;

/// A message as it is handed over, or what one is to say from now on.
#[derive(Deserialize)]
struct Written {
    chat_id: i64,
    message_id: Option<u64>,
    text: String,
    parse_mode: Option<String>,
}

/// What somebody says to the bot.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    chat_id: i64,
    text: String,
    /// The update's number; the next one unless said, so that a test can deliver one twice.
    update_id: Option<u64>,
}

/// Calls a method of the bot with the token that the stack was given.
pub(super) async fn call(
    State(gate): State<Gate>,
    Path((bot, method)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    if bot.strip_prefix("bot") != Some(gate.shared.secrets.bot_token.as_str()) {
        return refused(StatusCode::UNAUTHORIZED, "Unauthorized");
    }
    let accept = || match method.as_str() {
        "getMe" => {
            done(json!({"id": 424_242, "is_bot": true, "first_name": "Kabar", "username": "kabar_local_bot"}))
        }
        // The gate knows where Kabar is, and by what it knows Telegram.
        "setWebhook" => done(json!(true)),
        "sendMessage" => write(&gate, &body),
        "editMessageText" => edit(&gate, &body),
        _ => refused(StatusCode::NOT_FOUND, "Not Found"),
    };
    played::answer(&gate, Service::Telegram, &method, &body, accept).await
}

/// `POST /_local/telegram/say`: somebody says something to the bot. What Kabar's webhook answers with is a method, which
/// is done; the answer is what the webhook said.
pub(super) async fn say(State(gate): State<Gate>, body: Bytes) -> Response {
    let said: Said = match serde_json::from_slice(&body) {
        Ok(said) => said,
        Err(error) => {
            return (StatusCode::BAD_REQUEST, Json(json!({"error": error.to_string()}))).into_response();
        }
    };
    let Some(Ok(api)) = gate.shared.app.get().map(|deployed| deployed.http_api()) else {
        return refuse(
            StatusCode::SERVICE_UNAVAILABLE,
            "Kabar is still starting; try again in a moment.",
        );
    };
    let url = format!(
        "{}/_aws/execute-api/{api}/$default/telegram/webhook/",
        gate.shared.cloud.url()
    );
    let sent = gate
        .shared
        .http
        .post(url)
        .header(
            "x-telegram-bot-api-secret-token",
            &gate.shared.secrets.webhook_secret,
        )
        .json(&update(&said))
        .send()
        .await;
    let answer = match sent {
        Ok(answer) => answer,
        Err(_) => return refuse(StatusCode::BAD_GATEWAY, "The emulated cloud does not answer."),
    };
    let status = answer.status();
    let body = answer.bytes().await.unwrap_or_default();
    let method: Value = serde_json::from_slice(&body).unwrap_or_default();
    if status.is_success() && method["method"] == "sendMessage" {
        write(&gate, &body);
    }
    (status, Json(method)).into_response()
}

/// "Object `Update`": a message in a private chat, or in a group if the chat's number says so.
fn update(said: &Said) -> Value {
    let now = outside::now();
    let number = said.update_id.unwrap_or(now.as_microsecond().unsigned_abs());
    let chat = if said.chat_id < 0 {
        json!({"id": said.chat_id, "type": "group", "title": "Neighbours"})
    } else {
        json!({"id": said.chat_id, "type": "private", "first_name": "Sari"})
    };
    let from =
        json!({"id": said.chat_id.abs(), "is_bot": false, "first_name": "Sari", "language_code": "en"});
    let message = json!({"message_id": number % 1_000_000, "date": now.as_second(), "chat": chat, "from": from, "text": said.text});
    json!({"update_id": number, "message": message})
}

fn done(result: Value) -> Response {
    Json(json!({"ok": true, "result": result})).into_response()
}

fn refused(status: StatusCode, description: &str) -> Response {
    answers::telegram(status, description, Value::Null)
}

fn write(gate: &Gate, body: &[u8]) -> Response {
    match read(body) {
        Ok(written) => {
            let number = gate.shared.outbox.keep_chat(written.chat_id, &written.text, body);
            done(json!({"message_id": number, "chat": {"id": written.chat_id}}))
        }
        Err(reason) => refused(StatusCode::BAD_REQUEST, &reason),
    }
}

fn edit(gate: &Gate, body: &[u8]) -> Response {
    let written = match read(body) {
        Ok(written) => written,
        Err(reason) => return refused(StatusCode::BAD_REQUEST, &reason),
    };
    let number = written.message_id.unwrap_or_default();
    match gate
        .shared
        .outbox
        .edit_chat(written.chat_id, number, &written.text, body)
    {
        None => refused(StatusCode::BAD_REQUEST, "Bad Request: message to edit not found"),
        Some(false) => refused(StatusCode::BAD_REQUEST, "Bad Request: message is not modified"),
        Some(true) => done(json!({"message_id": number, "chat": {"id": written.chat_id}})),
    }
}

/// A message, or why Telegram would refuse it.
fn read(body: &[u8]) -> Result<Written, String> {
    let written: Written = serde_json::from_slice(body).map_err(|error| format!("Bad Request: {error}"))?;
    if written.text.trim().is_empty() {
        return Err("Bad Request: message text is empty".to_owned());
    }
    if written.text.encode_utf16().count() > LONGEST_TEXT {
        return Err("Bad Request: message is too long".to_owned());
    }
    if written.parse_mode.as_deref() == Some("HTML") && !is_html(&written.text) {
        return Err("Bad Request: can't parse entities".to_owned());
    }
    Ok(written)
}

/// Whether a text is HTML of the elements and entities that Kabar uses of those that Telegram knows.
fn is_html(text: &str) -> bool {
    let are_tags = text.split('<').skip(1).all(|after| {
        let tag = after.split_once('>').map(|(tag, _)| tag);
        tag.is_some_and(|tag| matches!(tag, "b" | "/b" | "i" | "/i"))
    });
    let are_entities = text.split('&').skip(1).all(|after| {
        let entity = after.split_once(';').map(|(entity, _)| entity);
        entity.is_some_and(|entity| matches!(entity, "lt" | "gt" | "amp" | "quot") || entity.starts_with('#'))
    });
    are_tags && are_entities
}

/// What Telegram says of a chat that cannot be written to.
pub(super) fn unreachable(kind: Kind, request: &[u8]) -> Response {
    let forbidden = |description: &str| refused(StatusCode::FORBIDDEN, description);
    match kind {
        Kind::Blocked => forbidden("Forbidden: bot was blocked by the user"),
        Kind::Deactivated => forbidden("Forbidden: user is deactivated"),
        Kind::Kicked => forbidden("Forbidden: bot was kicked from the group chat"),
        Kind::Migrated => {
            let request: Value = serde_json::from_slice(request).unwrap_or_default();
            let chat = request["chat_id"].as_i64().unwrap_or_default();
            answers::telegram(
                StatusCode::BAD_REQUEST,
                "Bad Request: group chat was upgraded to a supergroup chat",
                json!({"migrate_to_chat_id": -SUPERGROUP - chat.abs()}),
            )
        }
        _ => refused(StatusCode::BAD_REQUEST, "Bad Request: chat not found"),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;
    use crate::cloud::Cloud;
    use crate::gate::outbox::Filter;
    use crate::secrets::Secrets;

    fn gate() -> Gate {
        let nowhere = Cloud::new("http://127.0.0.1:1").unwrap();
        Gate::new(nowhere, "http://127.0.0.1:1", Secrets::draw().unwrap()).unwrap()
    }

    async fn asked(gate: &Gate, token: &str, method: &str, body: Value) -> (u16, Value) {
        let path = Path((format!("bot{token}"), method.to_owned()));
        let answer = call(State(gate.clone()), path, Bytes::from(body.to_string())).await;
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body(), 10_000).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    async fn sent(gate: &Gate, text: &str) -> (u16, Value) {
        let body = json!({"chat_id": -7, "text": text, "parse_mode": "HTML"});
        asked(gate, &gate.shared.secrets.bot_token, "sendMessage", body).await
    }

    #[tokio::test]
    async fn only_who_knows_the_token_writes() {
        let gate = gate();
        let (status, answer) = asked(
            &gate,
            "424242:x",
            "sendMessage",
            json!({"chat_id": 7, "text": "Hi"}),
        )
        .await;
        assert_eq!((status, &answer["ok"]), (401, &json!(false)));
        assert!(gate.shared.outbox.list(&Filter::default()).is_empty());
        let (status, answer) = asked(&gate, &gate.shared.secrets.bot_token, "getMe", json!({})).await;
        assert_eq!(
            (status, &answer["result"]["username"]),
            (200, &json!("kabar_local_bot"))
        );
    }

    #[tokio::test]
    async fn an_edit_changes_what_a_message_says() {
        let gate = gate();
        let (_, answer) = sent(&gate, "Power is <b>out</b> in A &amp; B").await;
        let number = &answer["result"]["message_id"];
        let edit = async |text: &str| {
            let body = json!({"chat_id": -7, "message_id": number, "text": text});
            asked(&gate, &gate.shared.secrets.bot_token, "editMessageText", body).await
        };
        assert_eq!(edit("It is over").await.0, 200);
        let (status, same) = edit("It is over").await;
        assert_eq!(
            (status, &same["description"]),
            (400, &json!("Bad Request: message is not modified"))
        );
        let shown = serde_json::to_value(gate.shared.outbox.list(&Filter::default())).unwrap();
        assert_eq!(shown[0]["text"], "It is over");
        assert!(shown[0]["edited_at"].is_string() && shown[0]["channel"] == "telegram");
    }

    #[tokio::test]
    async fn what_telegram_would_refuse_is_refused() {
        let gate = gate();
        for (text, why) in [
            (" ".to_owned(), "empty"),
            ("x".repeat(4097), "too long"),
            ("a < b".to_owned(), "entities"),
            ("<h1>a</h1>".to_owned(), "entities"),
            ("Tom & Jerry".to_owned(), "entities"),
        ] {
            let (status, answer) = sent(&gate, &text).await;
            assert_eq!(status, 400, "{text}");
            assert!(answer["description"].as_str().unwrap().contains(why), "{answer}");
        }
        assert_eq!(sent(&gate, &"x".repeat(4096)).await.0, 200);
    }

    #[tokio::test]
    async fn a_chat_is_lost_or_moves_as_asked() {
        let gate = gate();
        for (kind, status, says) in [
            ("throttle", 429, json!({"retry_after": 2})),
            ("error", 500, Value::Null),
            ("accept_then_fail", 500, Value::Null),
            ("blocked", 403, Value::Null),
            ("deactivated", 403, Value::Null),
            ("kicked", 403, Value::Null),
            ("not_found", 400, Value::Null),
            (
                "migrated",
                400,
                json!({"migrate_to_chat_id": -1_000_000_000_007_i64}),
            ),
        ] {
            let fault = json!({"service": "telegram", "operation": "sendMessage", "kind": kind});
            gate.shared.faults.add(serde_json::from_value(fault).unwrap());
            let (got, answer) = sent(&gate, "Hi").await;
            assert_eq!((got, &answer["parameters"]), (status, &says), "{kind}");
        }
        assert_eq!(
            gate.shared.outbox.list(&Filter::default()).len(),
            1,
            "the one that it took"
        );
    }
}
