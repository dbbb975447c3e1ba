use kabar_app::telling::Pace;
use kabar_courier::Lanes;
use kabar_kit::{Aws, Env};

/// What this function is configured with.
pub(crate) struct Settings {
    /// The tables of people, events, power and notices.
    pub(crate) tables: [String; 4],
    pub(crate) lanes: Lanes,
    pub(crate) mail_from: String,
    /// By which SES says what became of a mail.
    pub(crate) configuration_set: String,
    /// What links in mails begin with.
    pub(crate) public_url: String,
    /// The name of the secret that signs them.
    pub(crate) link_key: String,
    /// This instance's share of the account's rate, in each lane.
    pub(crate) urgent: Pace,
    pub(crate) bulk: Pace,
}

/// Reads the settings. An instance's share is its lane's part of the rate, divided by how many instances the lane
/// can have at once.
pub(crate) fn read(env: &mut Env, aws: &Aws) -> Settings {
    let rate: f64 = env.parsed("SES_RATE");
    let urgent_share = env.parsed::<f64>("URGENT_SHARE_PERCENT") / 100.0;
    if !(0.0..=1.0).contains(&urgent_share) {
        env.problem("URGENT_SHARE_PERCENT", "must be between 0 and 100");
    }
    let urgent_concurrency: f64 = env.parsed("URGENT_CONCURRENCY");
    let bulk_concurrency: f64 = env.parsed("BULK_CONCURRENCY");
    for (name, value) in [
        ("SES_RATE", rate),
        ("URGENT_CONCURRENCY", urgent_concurrency),
        ("BULK_CONCURRENCY", bulk_concurrency),
    ] {
        if !(value.is_finite() && value > 0.0) {
            env.problem(name, "must be a number above zero");
        }
    }
    Settings {
        tables: ["PEOPLE_TABLE", "EVENTS_TABLE", "POWER_TABLE", "NOTICES_TABLE"].map(|name| env.text(name)),
        lanes: Lanes {
            client: aws.sqs(),
            urgent_url: env.text("URGENT_QUEUE_URL"),
            bulk_url: env.text("BULK_QUEUE_URL"),
        },
        mail_from: env.text("MAIL_FROM"),
        configuration_set: env.text("CONFIGURATION_SET"),
        public_url: env.text("PUBLIC_URL"),
        link_key: env.text("LINK_KEY_PARAMETER"),
        urgent: Pace::per_second(rate * urgent_share / urgent_concurrency.max(1.0)),
        bulk: Pace::per_second(rate * (1.0 - urgent_share) / bulk_concurrency.max(1.0)),
    }
}
