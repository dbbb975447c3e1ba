use std::{
    collections::HashMap,
    ops::Deref,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use kabar_courier::TelegramChannel;
use serde_json::{Value, json};

use crate::{
    Provider,
    answer::{connector, response},
    provider::Said,
};

/// Where it is, and by what it knows us.
const URL: &str = "https://telegram.test";
const TOKEN: &str = "424242:a-token-for-tests";

/// A message that a chat has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatMessage {
    /// Which chat.
    pub chat: i64,
    /// Its number there.
    pub number: i64,
    /// What it says.
    pub html: String,
}

/// What became of a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatFate {
    /// Its person blocked the bot.
    Blocked,
    /// Its person's account is deleted.
    Deactivated,
    /// The bot was removed from the group.
    Kicked,
    /// There is no such chat.
    NotFound,
    /// It has this number now.
    Migrated(i64),
    /// It takes no more for so many seconds.
    Busy(u64),
}

/// A Bot API that keeps the messages it takes and fails when told to.
#[derive(Clone, Default)]
pub struct Bot(Arc<Shared>);

#[derive(Default)]
struct Shared {
    provider: Provider<ChatMessage>,
    last: AtomicI64,
    fates: Mutex<HashMap<i64, ChatFate>>,
    edits: Mutex<Vec<ChatMessage>>,
}

impl Deref for Bot {
    type Target = Provider<ChatMessage>;

    fn deref(&self) -> &Self::Target {
        &self.0.provider
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Bot {
    /// Messages by this bot.
    #[must_use]
    pub fn channel(&self) -> TelegramChannel {
        let bot = self.clone();
        let connector = connector(move |request| {
            let bot = bot.clone();
            async move { bot.answer(&request).await }
        });
        TelegramChannel::new(connector, URL, TOKEN).expect("a bot")
    }

    /// From now on this becomes of a chat, or nothing.
    pub fn set_fate(&self, chat: i64, fate: Option<ChatFate>) {
        let mut fates = locked(&self.0.fates);
        match fate {
            Some(fate) => fates.insert(chat, fate),
            None => fates.remove(&chat),
        };
    }

    /// How often anything was asked of it, by whichever method and of whichever chat.
    #[must_use]
    pub fn requests(&self) -> i64 {
        self.0.last.load(Ordering::Relaxed)
    }

    /// What messages were made to say afterwards, in order.
    #[must_use]
    pub fn edits(&self) -> Vec<ChatMessage> {
        locked(&self.0.edits).clone()
    }

    /// What a chat was told, in order.
    #[must_use]
    pub fn told(&self, chat: i64) -> Vec<String> {
        let taken = self.taken().into_iter();
        taken
            .filter(|message| message.chat == chat)
            .map(|message| message.html)
            .collect()
    }

    async fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let Some(method) = request.uri().strip_prefix(&format!("{URL}/bot{TOKEN}/")) else {
            return response(401, "");
        };
        let body: Value = serde_json::from_slice(request.body().bytes().expect("a body")).expect("JSON");
        let number = self.0.last.fetch_add(1, Ordering::Relaxed) + 1;
        let message = ChatMessage {
            chat: body["chat_id"].as_i64().expect("a chat"),
            number: body["message_id"].as_i64().unwrap_or(number),
            html: body["text"].as_str().expect("a text").to_owned(),
        };
        assert_eq!(body["parse_mode"], "HTML");
        if let Some(fate) = locked(&self.0.fates).get(&message.chat) {
            return refusal(*fate);
        }
        if method == "editMessageText" {
            locked(&self.0.edits).push(message);
            return response(200, r#"{"ok": true, "result": true}"#);
        }
        let taken = json!({"ok": true, "result": {"message_id": number}}).to_string();
        match self.ask(message).await {
            Said::Taken => response(200, taken),
            Said::TooFast => response(429, r#"{"ok": false, "parameters": {"retry_after": 3}}"#),
            Said::Broken => response(500, ""),
            Said::NotNow => response(401, ""),
            Said::Never => response(400, r#"{"ok": false, "description": "Bad Request"}"#),
        }
    }
}

fn refusal(fate: ChatFate) -> HttpResponse {
    let (status, description, parameters) = match fate {
        ChatFate::Blocked => (403, "Forbidden: bot was blocked by the user", json!({})),
        ChatFate::Deactivated => (403, "Forbidden: user is deactivated", json!({})),
        ChatFate::Kicked => (403, "Forbidden: bot was kicked from the group chat", json!({})),
        ChatFate::NotFound => (400, "Bad Request: chat not found", json!({})),
        ChatFate::Migrated(to) => (
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            json!({"migrate_to_chat_id": to}),
        ),
        ChatFate::Busy(seconds) => (429, "Too Many Requests", json!({"retry_after": seconds})),
    };
    let body =
        json!({"ok": false, "error_code": status, "description": description, "parameters": parameters});
    response(status, body.to_string())
}
