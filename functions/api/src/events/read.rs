//! Values that bodies and answers of this area share.

use axum::{
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use kabar_domain::{
    Invalid,
    events::Money,
    ids::{EventId, RegistrationId, TicketId, UserId},
};
use kabar_store::events::Source;
use serde_json::{Number, Value};

use crate::frame::read_text;

pub(super) type Read<T> = Result<T, Invalid>;

/// Says where an answer came from (SPEC §3).
const DATA_SOURCE: HeaderName = HeaderName::from_static("x-data-source");

/// Says in the answer whether it came from the cache.
pub(super) fn from(source: Source, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    let name = match source {
        Source::Cache => "cache",
        Source::Database => "database",
    };
    response
        .headers_mut()
        .insert(DATA_SOURCE, HeaderValue::from_static(name));
    response
}

/// A quota: a whole number, also written as a string of digits.
pub(super) fn quota(value: &Value) -> Read<u32> {
    /// Far more than any place holds, and far from what a counter can count.
    const MOST: u32 = 10_000_000;
    let number = match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_u64().and_then(|number| number.try_into().ok()),
    };
    let refused = || Invalid::because(format!("Must be a whole number from 0 to {MOST}."));
    number.filter(|number| *number <= MOST).ok_or_else(refused)
}

/// An amount of money: a JSON number, or a decimal as a string. The number's own digits are read, not its value.
pub(super) fn money(value: &Value) -> Read<Money> {
    match value {
        Value::String(text) => Money::parse(text),
        Value::Number(number) if number.as_u64().is_some() => Money::parse(&number.to_string()),
        // A float prints the shortest decimal that reads as the same float, which is what was sent, up to 15 digits.
        Value::Number(number) => Money::parse(&number.as_f64().unwrap_or(f64::NAN).to_string()),
        _ => Err(Invalid::because("Must be a number.")),
    }
}

/// An amount of money as a JSON number.
pub(super) fn number(money: Money) -> Number {
    let text = money.to_string();
    text.parse().unwrap_or_else(|_| Number::from(money.minor() / 100))
}

macro_rules! ids {
    ($($name:ident: $id:ident, $what:literal;)*) => {$(
        pub(super) fn $name(value: &Value) -> Read<$id> {
            $id::parse(read_text(value)?).ok_or_else(|| Invalid::because(concat!("There is no such ", $what, ".")))
        }
    )*};
}
ids! {
    user: UserId, "user";
    event: EventId, "event";
    ticket: TicketId, "ticket";
    registration: RegistrationId, "registration";
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn money_is_read_and_written_to_the_last_hundredth() {
        for minor in [
            0,
            1,
            10,
            99,
            100,
            1_250,
            15_000_000,
            999_999_999_999,
            123_456_789_012,
            70,
        ] {
            let amount = Money::from_minor(minor).unwrap();
            let sent: Value = serde_json::from_str(&format!("{}.{:02}", minor / 100, minor % 100)).unwrap();
            assert_eq!(money(&sent), Ok(amount), "{sent}");
            let written = serde_json::to_value(number(amount)).unwrap();
            assert_eq!(money(&written), Ok(amount), "{written}");
        }
        for bad in [
            json!(0.001),
            json!(-1),
            json!(1e10),
            json!(null),
            json!(true),
            json!([1]),
            json!("1e2"),
        ] {
            assert!(money(&bad).is_err(), "{bad}");
        }
    }
}
