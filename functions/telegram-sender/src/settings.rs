use std::collections::HashMap;

use kabar_courier::{DispatchQueue, Lanes, OnUse, TelegramChannel};
use kabar_domain::news::Lane;
use kabar_kit::{Aws, Env};

/// What this function is configured with.
pub(crate) struct Settings {
    /// The tables of people, events, power, mailings and notices. Chats are told of regions, so that neither events nor
    /// mailings are asked.
    pub(crate) tables: [String; 5],
    pub(crate) lanes: Lanes,
    pub(crate) dispatch: DispatchQueue,
    /// Where the Bot API is.
    pub(crate) api_url: String,
    /// The name of the secret by which it knows the bot.
    pub(crate) token: String,
    /// How many messages a bot may write a second.
    pub(crate) rate: f64,
}

/// Reads the settings.
pub(crate) fn read(env: &mut Env, aws: &Aws) -> Settings {
    let rate: f64 = env.parsed("TELEGRAM_RATE");
    if !(rate.is_finite() && rate > 0.0) {
        env.problem("TELEGRAM_RATE", "must be a number above zero");
    }
    let api_url = env.text("TELEGRAM_API_URL");
    if let Err(error) = TelegramChannel::check(&api_url) {
        env.problem("TELEGRAM_API_URL", error);
    }
    let sqs = OnUse::new(aws.sqs());
    Settings {
        tables: [
            "PEOPLE_TABLE",
            "EVENTS_TABLE",
            "POWER_TABLE",
            "MAILINGS_TABLE",
            "NOTICES_TABLE",
        ]
        .map(|name| env.text(name)),
        lanes: Lanes {
            client: sqs.clone(),
            urls: HashMap::from([(Lane::Telegram, env.text("TELEGRAM_QUEUE_URL"))]),
        },
        dispatch: DispatchQueue {
            client: sqs,
            url: env.text("DISPATCH_QUEUE_URL"),
        },
        api_url,
        token: env.text("TELEGRAM_TOKEN_PARAMETER"),
        rate,
    }
}
