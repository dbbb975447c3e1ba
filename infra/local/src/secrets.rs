//! What a stack and the services outside know each other by.

use crate::error::Result;
use crate::outside;

/// Fresh ones for each stack.
#[derive(Clone)]
pub(crate) struct Secrets {
    /// By which the SMS gateway knows who may send.
    pub(crate) sms_token: String,
    /// By which the Bot API knows the bot.
    pub(crate) bot_token: String,
    /// By which the webhook knows Telegram.
    pub(crate) webhook_secret: String,
}

impl Secrets {
    /// Draws them.
    pub(crate) fn draw() -> Result<Self> {
        Ok(Self {
            sms_token: outside::random_hex(32)?,
            bot_token: format!("424242:{}", outside::random_hex(16)?),
            webhook_secret: outside::random_hex(32)?,
        })
    }

    /// Each with the parameter of the template that names it.
    pub(crate) fn by_parameter(&self) -> [(&'static str, &str); 3] {
        [
            ("SmsTokenParameter", &self.sms_token),
            ("TelegramTokenParameter", &self.bot_token),
            ("TelegramSecretParameter", &self.webhook_secret),
        ]
    }
}
