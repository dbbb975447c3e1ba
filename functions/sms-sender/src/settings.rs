use std::collections::HashMap;

use kabar_courier::{DispatchQueue, Lanes, OnUse, SmsChannel};
use kabar_domain::news::Lane;
use kabar_kit::{Aws, Env};

/// What this function is configured with.
pub(crate) struct Settings {
    /// The tables of people, events, power, mailings and notices. Whoever is told here is a client of a mailing, so that
    /// the first three are never asked.
    pub(crate) tables: [String; 5],
    pub(crate) lanes: Lanes,
    pub(crate) dispatch: DispatchQueue,
    pub(crate) gateway_url: String,
    /// The name of the secret by which the gateway knows us.
    pub(crate) token: String,
    /// How many messages the gateway takes a second.
    pub(crate) rate: f64,
}

/// Reads the settings.
pub(crate) fn read(env: &mut Env, aws: &Aws) -> Settings {
    let rate: f64 = env.parsed("SMS_RATE");
    if !(rate.is_finite() && rate > 0.0) {
        env.problem("SMS_RATE", "must be a number above zero");
    }
    let gateway_url = env.text("SMS_GATEWAY_URL");
    if let Err(error) = SmsChannel::check(&gateway_url) {
        env.problem("SMS_GATEWAY_URL", error);
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
            urls: HashMap::from([(Lane::Sms, env.text("SMS_QUEUE_URL"))]),
        },
        dispatch: DispatchQueue {
            client: sqs,
            url: env.text("DISPATCH_QUEUE_URL"),
        },
        gateway_url,
        token: env.text("SMS_TOKEN_PARAMETER"),
        rate,
    }
}
