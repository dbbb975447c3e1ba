use serde_json::{Map, Value, json};

/// A header that more than one route answers with.
struct Header {
    name: &'static str,
    said: &'static str,
    /// Whether every answer of this status has it.
    is_in: fn(u16) -> bool,
}

const fn header(name: &'static str, said: &'static str, is_in: fn(u16) -> bool) -> Header {
    Header { name, said, is_in }
}

const SHARED: [Header; 5] = [
    header(
        "X-Request-Id",
        "The request's own id if it came with one, else a new one",
        |_| true,
    ),
    header("Allow", "The methods that apply here", |status| status == 405),
    header(
        "ETag",
        "Names this very state, for If-Match and If-None-Match",
        |status| status == 304,
    ),
    header("Retry-After", "In how many seconds to try again", |status| {
        matches!(status, 429 | 503)
    }),
    header("WWW-Authenticate", "How to say who one is: `Bearer`", |status| {
        status == 401
    }),
];

/// The headers, to be referred to.
pub(super) fn all() -> Value {
    let headers = SHARED.iter().map(|Header { name, said, .. }| {
        let header = json!({ "description": said, "required": true, "schema": { "type": "string" } });
        ((*name).to_owned(), header)
    });
    Value::Object(headers.collect())
}

/// The headers that every answer of this status has.
pub(super) fn of(status: u16) -> Map<String, Value> {
    let has = SHARED.iter().filter(|header| (header.is_in)(status));
    has.map(|header| reference(header.name)).collect()
}

/// The tag of the state that is shown.
pub(super) fn tag() -> (String, Value) {
    reference("ETag")
}

fn reference(name: &str) -> (String, Value) {
    (
        name.to_owned(),
        json!({ "$ref": format!("#/components/headers/{name}") }),
    )
}
