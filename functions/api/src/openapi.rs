use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use crate::{
    Route,
    events::{event, payments, posters, registrations, tickets},
    frame::{ProblemBody, ProblemKind, Rule},
    people::{groups, passwords, roles, sessions, users},
    power::{followers, outages, regions},
    routes,
    telling::notices,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kabar",
        description = "Kabar tells people what they need to know, when they need it, and only once.\n\nEvery path is \
                       served with and without a trailing slash. Errors have the members of RFC 9457, as \
                       `application/json`, or as `application/problem+json` when `Accept` asks for it.",
        license(name = "MIT", identifier = "MIT"),
    ),
    tags(
        (name = "people", description = "Users, sessions, groups and roles"),
        (name = "events", description = "Events, tickets, registrations, payments and posters"),
        (name = "power", description = "Regions, their followers, and outages"),
        (name = "telling", description = "What people were told, and what became of it"),
    ),
    components(schemas(ProblemBody)),
    paths(
        users::create_user, users::list_users, users::get_me, users::get_user, users::replace_user,
        users::change_user, users::delete_user,
        sessions::log_in, sessions::refresh, sessions::log_out,
        passwords::forgot_password, passwords::reset_password,
        groups::list_groups, groups::create_group, groups::get_group, groups::replace_group, groups::change_group,
        groups::delete_group,
        roles::assign_role, roles::take_role,
        event::list_events, event::create_event, event::get_event, event::replace_event, event::change_event,
        event::delete_event, event::get_availability,
        tickets::list_tickets, tickets::create_ticket, tickets::get_ticket, tickets::replace_ticket,
        tickets::change_ticket, tickets::delete_ticket,
        registrations::list_registrations, registrations::register, registrations::get_registration,
        registrations::replace_registration, registrations::change_registration, registrations::cancel_registration,
        payments::list_payments, payments::create_payment, payments::get_payment, payments::replace_payment,
        payments::change_payment, payments::delete_payment,
        posters::upload_poster, posters::list_posters, posters::delete_poster,
        regions::list_regions, regions::create_region, regions::get_region, regions::replace_region,
        regions::change_region, regions::delete_region, regions::say_status,
        followers::list_followers, followers::follow, followers::unfollow,
        outages::list_outages,
        notices::list_notices, notices::get_notice, notices::list_messages,
    )
)]
struct Documented;

/// The `OpenAPI` document: what is said at each handler, and what follows from its route.
///
/// # Panics
/// When the document cannot be written as JSON, or a route is not documented. Called when the document is made, never
/// in the function.
#[must_use]
#[expect(
    clippy::expect_used,
    clippy::panic,
    reason = "runs when the document is made; a failure must stop that"
)]
pub fn document() -> Value {
    let mut document = serde_json::to_value(Documented::openapi()).expect("the document is JSON");
    for (route, _) in routes() {
        let path = format!("/paths/{}~1", route.path.replace('/', "~1"));
        let method = route.method.to_lowercase();
        let operation = document.pointer_mut(&path).and_then(|item| item.get_mut(&method));
        let operation = operation.and_then(Value::as_object_mut);
        complete(
            operation.unwrap_or_else(|| panic!("{} {}/ is not documented", route.method, route.path)),
            &route,
        );
    }
    drop_null_defaults(&mut document);
    let components = document["components"]
        .as_object_mut()
        .expect("there are components");
    components.insert("responses".to_owned(), problems());
    components.insert(
        "securitySchemes".to_owned(),
        json!({ "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } }),
    );
    document
}

/// A field that may be absent has no default; the derived document says that its default is null.
fn drop_null_defaults(value: &mut Value) {
    if let Value::Object(map) = value {
        if map.get("default").is_some_and(Value::is_null) {
            map.remove("default");
        }
        map.values_mut().for_each(drop_null_defaults);
    } else if let Value::Array(list) = value {
        list.iter_mut().for_each(drop_null_defaults);
    }
}

/// Adds what follows from the route: who may call it, its headers, and the problems it can have.
fn complete(operation: &mut Map<String, Value>, route: &Route) {
    let is_one = route.path.contains('{');
    let is_list = route.method == "GET" && operation["responses"]["200"].to_string().contains("List");
    let has_body = operation.contains_key("requestBody");
    let has_form = operation
        .get("requestBody")
        .is_some_and(|body| body["content"].get("multipart/form-data").is_some());
    let is_conditional =
        is_one && matches!(route.method, "PUT" | "PATCH" | "DELETE") && !route.path.contains("_id}");

    let who = match route.rule {
        Rule::Anyone => "For anyone.",
        Rule::LoggedIn => "For whoever is logged in.",
        Rule::Organizers => "For superusers, admins, and organizers with their own events.",
        Rule::Staff => "For superusers and admins.",
        Rule::Superuser => "For superusers.",
    };
    operation.insert("description".to_owned(), json!(who));
    let mut statuses = vec![500, 503];
    if route.rule != Rule::Anyone {
        operation.insert("security".to_owned(), json!([{ "bearer": [] }]));
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
    if has_body && !has_form {
        statuses.push(413);
    }
    let mut parameters = Vec::new();
    if is_list {
        statuses.push(400);
        parameters.push(
            json!({ "name": "limit", "in": "query", "description": "The most entries to return",
            "schema": { "type": "integer", "minimum": 1, "maximum": 200, "default": 50 } }),
        );
        parameters.push(json!({ "name": "cursor", "in": "query", "description": "Where to go on: the `next` of the part before",
            "schema": { "type": "string" } }));
    }
    if is_conditional {
        statuses.push(412);
        parameters.push(
            json!({ "name": "If-Match", "in": "header", "description": "Only if it still has this entity tag",
            "schema": { "type": "string" } }),
        );
    }
    if route.is_once {
        statuses.extend([409, 422]);
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
        }
        for status in statuses {
            responses.insert(
                status.to_string(),
                json!({ "$ref": format!("#/components/responses/{status}") }),
            );
        }
    }
}

/// The problems, by status: what each can be, with an example.
fn problems() -> Value {
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
            "content": { "application/json": content, "application/problem+json": content },
        });
        (status.to_string(), response)
    });
    Value::Object(responses.collect())
}

fn example(kind: ProblemKind, status: u16) -> (String, Value) {
    let (name, title, _) = kind.facts();
    let mut value = json!({ "type": format!("/docs/#problem-{name}"), "title": title, "status": status });
    if kind == ProblemKind::Invalid {
        value["errors"] = json!({ "name": ["This field is required."] });
    }
    if status >= 500 {
        value["request_id"] = json!("b0JxQ2x0d1pUaWdoNnVwZw");
    }
    (name.to_owned(), json!({ "summary": title, "value": value }))
}
