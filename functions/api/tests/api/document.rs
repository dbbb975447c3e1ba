use serde_json::Value;

/// Every operation of the document, as method and path without the trailing slash.
pub(crate) fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| -> Vec<(String, String, Value)> {
        let methods = ["get", "put", "post", "delete", "patch"];
        let found = methods
            .into_iter()
            .filter_map(|method| Some((method, item.get(method)?)));
        found
            .map(|(m, o)| (m.to_uppercase(), path.trim_end_matches('/').to_owned(), o.clone()))
            .collect()
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn the_committed_document_is_the_code_s() {
    let committed: Value = serde_json::from_str(include_str!("../../openapi.json")).unwrap();
    assert!(
        committed == kabar_api::document(),
        "functions/api/openapi.json is stale. Make it anew:\n\
         cargo run -p kabar-api --example openapi > /tmp/openapi.json && mv /tmp/openapi.json functions/api/openapi.json"
    );
}

#[test]
fn every_route_is_documented_and_every_documented_route_exists() {
    let document = kabar_api::document();
    let mut documented: Vec<_> = operations(&document)
        .into_iter()
        .map(|(m, p, _)| (m, p))
        .collect();
    let mut routes: Vec<_> = kabar_api::routes()
        .iter()
        .map(|(r, _)| (r.method.to_owned(), r.path.to_owned()))
        .collect();
    documented.sort();
    routes.sort();
    assert_eq!(documented, routes);
}

#[test]
fn every_post_that_creates_honours_an_idempotency_key() {
    let not_creating = [
        "/api/login",
        "/api/token",
        "/api/logout",
        "/api/password/reset",
        // A link is as good as a password, so that no answer with one is kept.
        "/api/telegram/link",
        // It changes nothing.
        "/api/mailings/preview",
        // Telegram has numbers for that.
        "/telegram/webhook",
        "/u/{token}",
        "/ping/{key}",
        "/ping/{key}/off",
        "/ping/{key}/on",
    ];
    for (route, _) in kabar_api::routes() {
        let expected = route.method == "POST" && !not_creating.contains(&route.path);
        assert_eq!(route.is_once, expected, "{} {}", route.method, route.path);
    }
}

#[test]
fn the_document_opens_with_the_version_that_the_contract_names() {
    assert_eq!(kabar_api::document()["openapi"], "3.1.0");
}

/// What a reference of the document leads to, or the value itself.
pub(crate) fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let reference = value["$ref"].as_str();
    reference.map_or(value, |path| document.pointer(&path[1..]).unwrap())
}

#[test]
fn every_kind_of_problem_is_documented_and_every_status_that_a_route_has_says_what_it_means() {
    let document = kabar_api::document();
    for kind in kabar_api::frame::ProblemKind::ALL {
        let (name, title, status) = kind.facts();
        let response = &document["components"]["responses"][status.as_str()];
        for form in ["application/json", "application/problem+json"] {
            let example = &response["content"][form]["examples"][name]["value"];
            assert_eq!(example["type"], format!("/docs/#problem-{name}"));
            assert_eq!(
                (&example["title"], &example["status"]),
                (&title.into(), &status.as_u16().into())
            );
        }
    }
    for (method, path, operation) in operations(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let response = resolved(&document, response);
            assert!(response["description"].is_string(), "{method} {path}: {status}");
            assert!(
                response["headers"]["X-Request-Id"].is_object(),
                "{method} {path}: {status}"
            );
        }
    }
}

#[test]
fn what_a_role_s_assignment_is_answered_with_is_not_taken_for_a_message_to_people() {
    let document = kabar_api::document();
    let made = &document["paths"]["/api/assign-roles/"]["post"]["responses"]["201"];
    let schema = resolved(&document, &made["content"]["application/json"]["schema"]);
    assert_eq!(schema["required"], serde_json::json!(["message"]));
}
