use std::sync::Arc;

use jiff::SignedDuration;
use kabar_app::{
    Known, Secrets, Unread,
    people::{Lifetimes, Tokens},
    telegram::BotAccount,
    telling::{LinkKey, Links},
};
use kabar_kit::{Aws, Env, secrets};
use kabar_store::Table;

/// Which secrets there are, and what is made of them.
pub(super) struct SecretSettings {
    /// Of the parameters: the token key, the link key, the secret of Telegram's webhook.
    names: [String; 3],
    public_url: String,
    bot: String,
    lifetimes: Lifetimes,
}

impl SecretSettings {
    /// Reads the settings.
    pub(super) fn read(env: &mut Env) -> Self {
        let names = [
            "TOKEN_KEY_PARAMETER",
            "LINK_KEY_PARAMETER",
            "TELEGRAM_SECRET_PARAMETER",
        ];
        Self {
            names: names.map(|name| env.text(name)),
            public_url: env.text("PUBLIC_URL"),
            bot: env.text("TELEGRAM_BOT"),
            lifetimes: Lifetimes {
                access: SignedDuration::from_secs(env.parsed("ACCESS_TOKEN_SECONDS")),
                refresh: SignedDuration::from_secs(env.parsed("REFRESH_TOKEN_SECONDS")),
            },
        }
    }

    /// The secrets, for the first request that needs one. Its next question is who asks: meanwhile the connection to the
    /// table of people is made.
    pub(super) fn secrets(self, aws: Aws, people: Table) -> Secrets {
        let all = Arc::new((self, aws, people));
        Secrets::new(move || {
            let all = Arc::clone(&all);
            async move {
                let (settings, aws, people) = &*all;
                let (known, warmed) = tokio::join!(settings.known(aws), people.warm());
                warmed?;
                known
            }
        })
    }

    async fn known(&self, aws: &Aws) -> Result<Known, Unread> {
        let names = self.names.each_ref().map(String::as_str);
        let [token_key, link_key, bot_secret] = secrets(&aws.ssm(), names).await?;
        Ok(Known {
            tokens: Tokens::new(&token_key, self.lifetimes)?,
            links: Links::new(LinkKey::new(&link_key)?, &self.public_url)?,
            bot: BotAccount::new(&self.bot, &bot_secret)?,
        })
    }
}
