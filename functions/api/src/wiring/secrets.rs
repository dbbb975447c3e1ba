use std::{sync::Arc, time::Duration};

use jiff::SignedDuration;
use kabar_app::{
    Known, Secrets, Unread,
    people::{Lifetimes, Tokens},
    telegram::BotAccount,
    telling::{LinkKey, Links},
};
use kabar_kit::{Aws, Env, secrets};
use kabar_store::Table;
use tokio::time::timeout;

/// Somebody waits: they are told to come again before Lambda stops the function, after ten seconds.
const LONGEST_READ: Duration = Duration::from_secs(5);

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
        let [public_url, bot] = ["PUBLIC_URL", "TELEGRAM_BOT"].map(|name| env.text(name));
        if let Err(error) = Links::check(&public_url) {
            env.problem("PUBLIC_URL", error);
        }
        if let Err(error) = BotAccount::check(&bot) {
            env.problem("TELEGRAM_BOT", error);
        }
        Self {
            names: names.map(|name| env.text(name)),
            public_url,
            bot,
            lifetimes: Lifetimes {
                access: SignedDuration::from_secs(env.parsed("ACCESS_TOKEN_SECONDS")),
                refresh: SignedDuration::from_secs(env.parsed("REFRESH_TOKEN_SECONDS")),
            },
        }
    }

    /// The secrets, for the first request that needs one. Its next question is who asks: meanwhile the connection to the
    /// table of people is made.
    pub(super) fn secrets(self, aws: Aws, people: Table) -> Secrets {
        let sources = Arc::new((self, aws, people));
        Secrets::new(move || {
            let sources = Arc::clone(&sources);
            async move {
                let (settings, aws, people) = &*sources;
                let known = timeout(LONGEST_READ, settings.known(aws));
                // If the table does not answer, whoever asks it next says so.
                let (known, _) = tokio::join!(known, timeout(LONGEST_READ, people.warm()));
                known?
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
