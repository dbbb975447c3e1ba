//! What Telegram tells the bot. Each update comes at least once, and again for a day until it is answered with a 2xx; the
//! answer can be a method for Telegram to do, which saves a call ("Making requests when getting updates").

use axum::Json;
use kabar_app::telegram::Message;
use kabar_domain::{
    Language,
    telegram::{CHAT_TITLE_MAX, ChatId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::frame::{Body, Request, Result, Sent, Telegram};

/// An update (Bot API, object `Update`), as far as the bot reads it.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = TelegramUpdate)]
pub(crate) struct UpdateBody {
    #[schema(value_type = i64, example = 10_000)]
    update_id: Sent,
    /// What somebody wrote (Bot API, object `Message`).
    #[schema(value_type = Option<Object>)]
    message: Sent,
}

/// Nothing, or the method `sendMessage` of the Bot API.
#[derive(Default, Serialize, ToSchema)]
#[schema(as = TelegramAnswer)]
pub(crate) struct AnswerView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, example = "sendMessage")]
    method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    chat_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, example = "HTML")]
    parse_mode: Option<&'static str>,
}

impl UpdateBody {
    /// What was written, if anything was that the bot can read: the rest of what Telegram tells is not for it.
    fn message(&self) -> Option<Message> {
        let (update, message) = (self.update_id.value()?.as_i64()?, self.message.value()?);
        let chat = &message["chat"];
        let title = chat["title"]
            .as_str()
            .or(chat["first_name"].as_str())
            .unwrap_or_default();
        let speaks = message["from"]["language_code"].as_str();
        let speaks = speaks.and_then(|code| Language::parse(code.get(..2)?).ok());
        Some(Message {
            update,
            chat: ChatId::new(chat["id"].as_i64()?).ok()?,
            title: title
                .chars()
                .filter(|c| !c.is_control())
                .take(CHAT_TITLE_MAX)
                .collect(),
            language: speaks,
            text: message["text"].as_str()?.to_owned(),
        })
    }
}

/// Hear what was written to the bot, and answer it.
#[utoipa::path(post, path = "/telegram/webhook/", tag = "telegram", request_body = UpdateBody,
    responses((status = 200, body = AnswerView)))]
pub(crate) async fn hear_telegram(
    _: Telegram,
    Request(app): Request,
    Body(body): Body<UpdateBody>,
) -> Result<Json<AnswerView>> {
    let heard = match body.message() {
        Some(message) => app.hear(&message).await?,
        None => None,
    };
    let answer = heard.map(|heard| AnswerView {
        method: Some("sendMessage"),
        chat_id: Some(heard.chat.number()),
        text: Some(heard.html),
        parse_mode: Some("HTML"),
    });
    Ok(Json(answer.unwrap_or_default()))
}
