use serde_json::{Map, Value, json};

use super::headers;
use crate::{Route, frame::Rule};

/// Of what is sent or shown as JSON.
const BODY_SCHEMA: &str = "/content/application~1json/schema";
/// Of a list without a cursor.
const ARRAY: &str = "/content/application~1json/schema/type";
/// A form with files in it, and one that has texts only, which may be sent as either.
const FILES: &str = "multipart/form-data";
const TEXTS: &str = "application/x-www-form-urlencoded";
/// Of a page for people.
const PAGE: &str = "/content/text~1html";
/// Of a file.
const FILE: &str = "/content/text~1csv";
/// What has no version of its own: it is there or it is not.
const IN_PLACES: [&str; 2] = ["{user_id}", "{poster_id}"];
/// Headers that not every answer has: only while there is more, and only a file.
const PERHAPS: [&str; 2] = ["Link", "Content-Disposition"];

/// Adds what follows from the route: who may call it, its headers, and the problems it can have.
pub(super) fn complete(operation: &mut Map<String, Value>, route: &Route) {
    let is_one = route.path.contains('{');
    let is_list = route.method == "GET" && operation["responses"]["200"].to_string().contains("List");
    let is_array = operation["responses"]["200"]
        .pointer(ARRAY)
        .is_some_and(|kind| kind == "array");
    let is_page = operation["responses"]["200"].pointer(PAGE).is_some();
    // What is there as JSON too is not only a file.
    let is_file = operation["responses"]["200"].pointer(FILE).is_some()
        && operation["responses"]["200"].pointer(BODY_SCHEMA).is_none();
    // Where one thing is shown, its state is tagged.
    let is_tagged = matches!(route.method, "PUT" | "PATCH")
        || (route.method == "GET"
            && !operation["responses"]["200"].is_null()
            && !is_list
            && !is_array
            && !is_page
            && !is_file);
    let has_body = operation.contains_key("requestBody");
    let has_files = operation
        .get("requestBody")
        .is_some_and(|body| body["content"].get(FILES).is_some() && body["content"].get(TEXTS).is_none());
    // A body that may be absent is not null when it is there.
    if let Some(schema) = operation
        .get_mut("requestBody")
        .and_then(|body| body.pointer_mut(BODY_SCHEMA))
        && let Some(object) = schema.pointer("/oneOf/0").cloned()
    {
        *schema = object;
    }
    let is_conditional = is_one
        && matches!(route.method, "PUT" | "PATCH" | "DELETE")
        && !IN_PLACES.iter().any(|end| route.path.ends_with(end));

    let who = match route.rule {
        Rule::Anyone => "For anyone.",
        Rule::LoggedIn => "For whoever is logged in.",
        Rule::Organizers => "For superusers, admins, and organizers with their own events.",
        Rule::Staff => "For superusers and admins.",
        Rule::Superuser => "For superusers.",
        Rule::Telegram => "For Telegram, by the secret of the webhook.",
    };
    let said = operation.get("description").and_then(Value::as_str);
    let description = said.map_or_else(|| who.to_owned(), |said| format!("{said}\n\n{who}"));
    operation.insert("description".to_owned(), json!(description));
    let mut statuses = vec![500, 503];
    if route.rule != Rule::Anyone {
        let scheme = match route.rule {
            Rule::Telegram => "telegram",
            _ => "bearer",
        };
        operation.insert("security".to_owned(), json!([{ scheme: [] }]));
        statuses.push(401);
    }
    if matches!(route.rule, Rule::Organizers | Rule::Staff | Rule::Superuser)
        || route.path == "/api/users/{id}"
    {
        statuses.push(403);
    }
    if is_one {
        statuses.push(404);
    }
    if has_body {
        statuses.extend([400, 415]);
    }
    // Of a form that is too large a field is named (SPEC §1).
    if has_body && !has_files {
        statuses.push(413);
    }
    let mut parameters = Vec::new();
    if is_file {
        statuses.push(400);
    }
    if is_list {
        statuses.push(400);
        parameters.push(
            json!({ "name": "limit", "in": "query", "description": "The most entries to return",
            "schema": { "type": "integer", "minimum": 1, "maximum": 200, "default": 50 } }),
        );
        parameters.push(json!({ "name": "cursor", "in": "query", "description": "Where to go on: the `next` of the part before",
            "schema": { "type": "string" } }));
    }
    if route.method == "GET" && is_tagged {
        parameters.push(
            json!({ "name": "If-None-Match", "in": "header", "description": "Only if it no longer has this entity tag",
            "schema": { "type": "string" } }),
        );
    }
    if is_conditional {
        statuses.push(412);
        parameters.push(
            json!({ "name": "If-Match", "in": "header", "description": "Only if it still has this entity tag",
            "schema": { "type": "string" } }),
        );
    }
    if route.is_once {
        statuses.extend([400, 409, 422]);
        parameters.push(json!({ "name": "Idempotency-Key", "in": "header",
            "description": "The same key and body within 24 hours gives the first answer again",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255 } }));
    }
    if !parameters.is_empty()
        && let Some(all) = operation
            .entry("parameters")
            .or_insert_with(|| json!([]))
            .as_array_mut()
    {
        all.extend(parameters);
    }
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        for (status, response) in responses.iter_mut() {
            match status.as_str() {
                "200" => response["description"] = json!("Done"),
                "201" => response["description"] = json!("Made"),
                "202" => response["description"] = json!("Taken on; it is done soon"),
                "204" => response["description"] = json!("Done, and nothing to say"),
                // A problem that only this route has, said at its handler.
                other => statuses.extend(other.parse::<u16>()),
            }
            add_headers(response, is_tagged);
        }
        if route.method == "GET" && is_tagged {
            let unchanged =
                json!({ "description": "It still has this entity tag", "headers": headers::of(304) });
            responses.insert("304".to_owned(), unchanged);
        }
        for status in statuses {
            responses.insert(
                status.to_string(),
                json!({ "$ref": format!("#/components/responses/{status}") }),
            );
        }
    }
}

/// The headers of an answer that is no problem: those said at its handler, and those that all have.
fn add_headers(response: &mut Value, is_tagged: bool) {
    let mut headers = headers::of(200);
    headers.extend(is_tagged.then(headers::tag));
    let said = response["headers"].take();
    for (name, header) in said.as_object().into_iter().flatten() {
        let mut header = header.clone();
        header["required"] = json!(!PERHAPS.contains(&name.as_str()));
        headers.insert(name.clone(), header);
    }
    response["headers"] = Value::Object(headers);
}
