use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::headers;
use crate::frame::{Problem, ProblemKind};

/// The problems, by status: what each can be, with an example.
pub(super) fn all() -> Value {
    let mut by_status: BTreeMap<u16, Vec<ProblemKind>> = BTreeMap::new();
    for kind in ProblemKind::ALL {
        by_status.entry(kind.facts().2.as_u16()).or_default().push(kind);
    }
    let responses = by_status.into_iter().map(|(status, kinds)| {
        let titles: Vec<&str> = kinds.iter().map(|kind| kind.facts().1).collect();
        let examples: Map<String, Value> = kinds.iter().map(|kind| example(*kind, status)).collect();
        let content =
            json!({ "schema": { "$ref": "#/components/schemas/ProblemBody" }, "examples": examples });
        let response = json!({
            "description": titles.join("; "),
            "headers": headers::of(status),
            "content": { "application/json": content, "application/problem+json": content },
        });
        (status.to_string(), response)
    });
    Value::Object(responses.collect())
}

fn example(kind: ProblemKind, status: u16) -> (String, Value) {
    let (name, title, _) = kind.facts();
    let mut problem = Problem::from(kind);
    if kind == ProblemKind::Invalid {
        let required = vec!["This field is required.".to_owned()];
        problem.errors.insert("name".to_owned(), required);
    }
    let mut value = json!({ "type": format!("/docs/#problem-{name}"), "title": title, "status": status });
    if let Some(detail) = problem.sentence() {
        value["detail"] = json!(detail);
    }
    if !problem.errors.is_empty() {
        value["errors"] = json!(problem.errors);
    }
    if status >= 500 {
        value["request_id"] = json!("b0JxQ2x0d1pUaWdoNnVwZw");
    }
    (name.to_owned(), json!({ "summary": title, "value": value }))
}
