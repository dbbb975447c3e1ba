use serde_json::{Map, Value, json};

/// Headers that more than one route answers with: their name, what they say, and which answers always have them.
const SHARED: [(&str, &str, fn(u16) -> bool); 5] = [
    (
        "X-Request-Id",
        "The request's own id if it came with one, else a new one",
        |_| true,
    ),
    ("Allow", "The methods that apply here", |status| status == 405),
    (
        "ETag",
        "Names this very state, for If-Match and If-None-Match",
        |status| status == 304,
    ),
    ("Retry-After", "In how many seconds to try again", |status| {
        matches!(status, 429 | 503)
    }),
    ("WWW-Authenticate", "How to say who one is: `Bearer`", |status| {
        status == 401
    }),
];

/// The headers, to be referred to.
pub(super) fn all() -> Value {
    let headers = SHARED.iter().map(|(name, said, _)| {
        let header = json!({ "description": said, "required": true, "schema": { "type": "string" } });
        ((*name).to_owned(), header)
    });
    Value::Object(headers.collect())
}

/// The headers that every answer of this status has.
pub(super) fn of(status: u16) -> Map<String, Value> {
    let has = SHARED.iter().filter(|(.., has)| has(status));
    has.map(|(name, ..)| reference(name)).collect()
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
