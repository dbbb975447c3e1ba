use std::collections::HashMap;

use kabar_courier::{DispatchQueue, Lanes, OnUse};
use kabar_domain::news::Lane;
use kabar_kit::{Aws, Env};

/// What this function is configured with.
pub(crate) struct Settings {
    /// The tables of people, events, power, mailings and notices.
    pub(crate) tables: [String; 5],
    pub(crate) lanes: Lanes,
    pub(crate) dispatch: DispatchQueue,
    pub(crate) mail_from: String,
    /// By which SES says what became of a mail.
    pub(crate) configuration_set: String,
    /// What links in mails begin with.
    pub(crate) public_url: String,
    /// The name of the secret that signs them.
    pub(crate) link_key: String,
    /// How many mails SES takes a second.
    pub(crate) rate: f64,
}

/// Reads the settings.
pub(crate) fn read(env: &mut Env, aws: &Aws) -> Settings {
    let rate: f64 = env.parsed("SES_RATE");
    if !(rate.is_finite() && rate > 0.0) {
        env.problem("SES_RATE", "must be a number above zero");
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
            urls: HashMap::from([
                (Lane::Urgent, env.text("URGENT_QUEUE_URL")),
                (Lane::Bulk, env.text("BULK_QUEUE_URL")),
            ]),
        },
        dispatch: DispatchQueue {
            client: sqs,
            url: env.text("DISPATCH_QUEUE_URL"),
        },
        mail_from: env.text("MAIL_FROM"),
        configuration_set: env.text("CONFIGURATION_SET"),
        public_url: env.text("PUBLIC_URL"),
        link_key: env.text("LINK_KEY_PARAMETER"),
        rate,
    }
}
