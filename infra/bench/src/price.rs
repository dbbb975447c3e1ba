//! List prices in US dollars (us-east-1, on demand), without any free tier.

use std::collections::BTreeMap;

use crate::platform::Use;

const A_MILLION_WRITE_UNITS: f64 = 0.625;
const A_MILLION_READ_UNITS: f64 = 0.125;
const A_MILLION_QUEUE_REQUESTS: f64 = 0.40;
/// A message is sent, received and deleted.
const REQUESTS_OF_A_QUEUE_MESSAGE: f64 = 3.0;

/// What `DynamoDB` and SQS cost for a million people, when `people` used this.
pub(crate) fn of_a_million(uses: &BTreeMap<(String, String), Use>, people: f64) -> f64 {
    let price = |((_, operation), used): (&(String, String), &Use)| match operation.as_str() {
        "SendMessage" => used.requests * REQUESTS_OF_A_QUEUE_MESSAGE * A_MILLION_QUEUE_REQUESTS,
        _ => used.read * A_MILLION_READ_UNITS + used.write * A_MILLION_WRITE_UNITS,
    };
    uses.iter().map(price).sum::<f64>() / people
}
