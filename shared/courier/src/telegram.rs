use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use aws_smithy_types::body::SdkBody;
use http::{Request, header::CONTENT_TYPE};
use kabar_domain::telegram::{ChatId, Inactive};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{Refused, web};

/// Messages in Telegram through the Bot API (<https://core.telegram.org/bots/api>, version 9).
///
/// The URL that it calls has the bot's token in it, so that it is not shown, not even to whoever debugs.
#[derive(Clone)]
pub struct TelegramChannel {
    connector: SharedHttpConnector,
    /// Where the bot's methods are, without a slash at its end.
    methods: String,
}

/// Why a bot cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoBot(&'static str);

/// What the Bot API answers ("Making requests").
#[derive(Deserialize)]
struct Answer {
    result: Option<Value>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

/// "Object `ResponseParameters`".
#[derive(Default, Deserialize)]
struct Parameters {
    migrate_to_chat_id: Option<i64>,
    /// Seconds.
    retry_after: Option<u64>,
}

/// The longest that Telegram is believed to want to be left in peace, in seconds: a day.
const LONGEST_WAIT_S: u64 = 86_400;

impl TelegramChannel {
    /// How long Telegram may take for a message, connecting included. One that needs longer is hanging.
    pub const LONGEST_TRY: Duration = Duration::from_secs(10);

    /// Whether a token may be sent to a Bot API at this URL.
    ///
    /// # Errors
    /// When others could read it on its way, or the URL is none.
    pub fn check(url: &str) -> Result<(), NoBot> {
        if web::is_safe(url) {
            return Ok(());
        }
        Err(NoBot(
            "the URL of the Bot API must be https, or http on this very machine, and nothing after the path",
        ))
    }

    /// The bot with this token, by the Bot API at this URL.
    ///
    /// # Errors
    /// As [`Self::check`], and when the token is none that a bot can have.
    pub fn new(connector: SharedHttpConnector, url: &str, token: &str) -> Result<Self, NoBot> {
        Self::check(url)?;
        let token = token.trim();
        let is_token = token.split_once(':').is_some_and(|(bot, secret)| {
            let is_secret = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            !bot.is_empty()
                && !secret.is_empty()
                && bot.bytes().all(|byte| byte.is_ascii_digit())
                && secret.bytes().all(is_secret)
        });
        if !is_token {
            return Err(NoBot(
                "the token of the bot must be digits, a colon, and letters, digits, - or _",
            ));
        }
        Ok(Self {
            connector,
            methods: format!("{}/bot{token}", url.trim_end_matches('/')),
        })
    }

    /// Writes HTML, as far as Telegram knows it, to a chat; returns the message's number there, or nothing if Telegram
    /// does not say it.
    ///
    /// # Errors
    /// When Telegram did not take it, or nobody knows whether it did. No error says the token, the chat or the text, nor
    /// what Telegram says of them.
    pub async fn send(&self, to: ChatId, html: &str) -> Result<String, Refused> {
        let body = json!({
            "chat_id": to.number(), "text": html, "parse_mode": "HTML",
            "link_preview_options": { "is_disabled": true },
        });
        let answer = self.call("sendMessage", &body).await?;
        let number = answer.and_then(|message| message["message_id"].as_i64());
        Ok(number.map(|number| number.to_string()).unwrap_or_default())
    }

    /// Has a message of ours say something else from now on; that notifies nobody. One that says it already is left.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub async fn edit(&self, chat: ChatId, message: &str, html: &str) -> Result<(), Refused> {
        let number: i64 = message
            .parse()
            .map_err(|_| Refused::ForGood("it is no message's number".to_owned()))?;
        let body = json!({
            "chat_id": chat.number(), "message_id": number, "text": html, "parse_mode": "HTML",
            "link_preview_options": { "is_disabled": true },
        });
        self.call("editMessageText", &body).await.map(drop)
    }

    /// The result of a method; nothing if the answer cannot be read, though the method was done.
    async fn call(&self, method: &str, body: &Value) -> Result<Option<Value>, Refused> {
        let end = Instant::now() + Self::LONGEST_TRY;
        let request = Request::post(format!("{}/{method}", self.methods))
            .header(CONTENT_TYPE, "application/json")
            .body(SdkBody::from(body.to_string()));
        let answer = web::call(&self.connector, request, end).await?;
        let status = answer.status().as_u16();
        let body = web::read(answer.into_body(), end).await;
        let answer = body.and_then(|body| serde_json::from_slice::<Answer>(&body).ok());
        match status {
            200..=299 => Ok(answer.and_then(|answer| answer.result)),
            _ => classify(status, answer.as_ref()).map_or(Ok(None), Err),
        }
    }
}

/// Why a message did not go; nothing when there was nothing to do. Only what Telegram says of this very message or its
/// chat ends it; who we are and where the Bot API is are an operator's to mend, and the message waits for that until its
/// deadline. The Bot API has no codes beside the status, so that its descriptions are what there is to read.
fn classify(status: u16, answer: Option<&Answer>) -> Option<Refused> {
    let said = format!("answered {status}");
    let says = |what: &str| answer.is_some_and(|answer| answer.description.to_lowercase().contains(what));
    let parameters = answer.map(|answer| &answer.parameters);
    let moved = parameters.and_then(|parameters| ChatId::new(parameters.migrate_to_chat_id?).ok());
    Some(match status {
        429 => {
            let wait = parameters.and_then(|parameters| parameters.retry_after);
            Refused::Throttled(wait.map(|seconds| Duration::from_secs(seconds.min(LONGEST_WAIT_S))))
        }
        400 | 403 if moved.is_some() => Refused::Moved(moved?),
        400 if says("message is not modified") => return None,
        400 if says("chat not found") => Refused::Unreachable(Inactive::NotFound),
        403 if says("blocked") => Refused::Unreachable(Inactive::Blocked),
        403 if says("deactivated") => Refused::Unreachable(Inactive::Deactivated),
        403 if says("kicked") => Refused::Unreachable(Inactive::Kicked),
        // Anybody between us and Telegram can say 403; only the Bot API explains it.
        403 if says("forbidden") => Refused::Unreachable(Inactive::Forbidden),
        300..=399 | 401 | 403 | 404 => Refused::Later(said),
        400..=499 if status != 408 => Refused::ForGood(said),
        _ => Refused::Unknown(said),
    })
}
