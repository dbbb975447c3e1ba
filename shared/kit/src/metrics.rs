//! Metrics as lines of the CloudWatch Embedded Metric Format: no call, no agent.

use std::io::Write;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// The namespace of all metrics.
const NAMESPACE: &str = "Kabar";

/// A unit that CloudWatch knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of things.
    Count,
    /// Thousandths of a second.
    Milliseconds,
}

/// Writes one value of a metric. `dimensions` are few and have few values: each combination is billed.
pub fn put(name: &str, unit: Unit, value: i64, dimensions: &[(&str, &str)], now: Timestamp) {
    let line = line(name, unit, value, dimensions, now);
    // A metric that cannot be written is no reason to fail.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn line(name: &str, unit: Unit, value: i64, dimensions: &[(&str, &str)], now: Timestamp) -> Value {
    let unit = match unit {
        Unit::Count => "Count",
        Unit::Milliseconds => "Milliseconds",
    };
    let keys: Vec<&str> = dimensions.iter().map(|(key, _)| *key).collect();
    let metric =
        json!({ "Namespace": NAMESPACE, "Dimensions": [keys], "Metrics": [{ "Name": name, "Unit": unit }] });
    let mut line = Map::new();
    line.insert(
        "_aws".to_owned(),
        json!({ "Timestamp": now.as_millisecond(), "CloudWatchMetrics": [metric] }),
    );
    line.extend(
        dimensions
            .iter()
            .map(|(key, value)| ((*key).to_owned(), json!(value))),
    );
    line.insert(name.to_owned(), json!(value));
    Value::Object(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_shape_that_cloudwatch_reads() {
        let line = line(
            "Messages",
            Unit::Count,
            3,
            &[("Kind", "outage"), ("Outcome", "sent")],
            Timestamp::UNIX_EPOCH,
        );
        let expected = json!({
            "_aws": { "Timestamp": 0, "CloudWatchMetrics": [{
                "Namespace": "Kabar",
                "Dimensions": [["Kind", "Outcome"]],
                "Metrics": [{ "Name": "Messages", "Unit": "Count" }],
            }] },
            "Kind": "outage", "Outcome": "sent", "Messages": 3,
        });
        assert_eq!(line, expected);
    }
}
