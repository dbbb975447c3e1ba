use aws_sdk_sqs::types::{Message, MessageSystemAttributeName};
use jiff::Timestamp;

use super::Asks;

/// The longest explanation that is shown, in bytes.
const LONGEST: usize = 300;
/// The names under which services of AWS say why they gave up: SNS and Lambda, and the scheduler.
const CODES: [&str; 2] = ["ErrorCode", "ERROR_CODE"];
const REASONS: [&str; 2] = ["ErrorMessage", "ERROR_MESSAGE"];

/// A dead letter, without what is in it: that may hold addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// SQS's name for it.
    pub id: String,
    /// What work it asks for.
    pub asks: Asks,
    /// When it was put on the queue that it comes from.
    pub sent_at: Timestamp,
    /// When it was first taken from there.
    pub first_received_at: Option<Timestamp>,
    /// How often it was taken, each look at it included.
    pub received: u32,
    /// Why it is here, as far as a service of AWS says so.
    pub error: Option<String>,
}

impl DeadLetter {
    /// Reads a letter as SQS gives it out; nothing without a name or a time, which SQS always gives.
    pub(super) fn read(message: &Message) -> Option<Self> {
        let system = |name| message.attributes.as_ref()?.get(&name).map(String::as_str);
        let time = |name| {
            let millis = system(name)?.parse().ok().filter(|millis| *millis > 0)?;
            Timestamp::from_millisecond(millis).ok()
        };
        let body = message.body.as_deref().unwrap_or_default();
        let (asks, failure) = Asks::read(body);
        Some(Self {
            id: message.message_id.clone()?,
            asks,
            sent_at: time(MessageSystemAttributeName::SentTimestamp)?,
            first_received_at: time(MessageSystemAttributeName::ApproximateFirstReceiveTimestamp),
            received: system(MessageSystemAttributeName::ApproximateReceiveCount)
                .and_then(|count| count.parse().ok())
                .unwrap_or_default(),
            error: failure.or_else(|| said(message)).map(shortened),
        })
    }
}

/// What the service that parked a letter says of it.
fn said(message: &Message) -> Option<String> {
    let attribute = |names: [&str; 2]| {
        let attributes = message.message_attributes.as_ref()?;
        names
            .iter()
            .find_map(|name| attributes.get(*name)?.string_value.clone())
    };
    match (attribute(CODES), attribute(REASONS)) {
        (Some(code), Some(reason)) => Some(format!("{code}: {reason}")),
        (code, reason) => code.or(reason),
    }
}

fn shortened(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(LONGEST));
    text
}
