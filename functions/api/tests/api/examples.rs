//! What the document gives as examples is complete, and is taken.

use serde_json::{Map, Value, json};

use crate::{
    document::operations,
    sales::sale,
    site::{Site, Who},
};

fn example(field: &Value) -> Option<&Value> {
    field.get("example").or_else(|| field["examples"].get(0))
}

/// The body of every operation that is sent JSON: its method, its path, and its schema.
fn bodies(document: &Value) -> Vec<(String, String, &Value)> {
    let of_operation = |(method, path, operation): (String, String, Value)| {
        let schema = operation.pointer("/requestBody/content/application~1json/schema")?;
        let name = schema["$ref"].as_str()?.rsplit('/').next()?.to_owned();
        Some((method, path, &document["components"]["schemas"][name]))
    };
    operations(document)
        .into_iter()
        .filter_map(of_operation)
        .collect()
}

#[test]
fn every_body_that_is_sent_has_an_example_that_is_complete() {
    let document = kabar_api::document();
    let with_body = operations(&document);
    let with_body = with_body.iter().filter(|(.., operation)| {
        operation
            .pointer("/requestBody/content/application~1json")
            .is_some()
    });
    let bodies = bodies(&document);
    assert_eq!(bodies.len(), with_body.count(), "every body is described by name");
    for (method, path, schema) in bodies {
        let fields = schema["properties"].as_object().unwrap();
        assert!(
            fields.values().any(|field| example(field).is_some()),
            "{method} {path}: an example"
        );
        for required in schema["required"].as_array().into_iter().flatten() {
            let name = required.as_str().unwrap();
            assert!(
                example(&fields[name]).is_some(),
                "{method} {path}: {name} is required and has no example"
            );
        }
    }
}

#[tokio::test]
async fn the_example_of_what_is_new_makes_it() {
    let site = Site::with(&[Who::Superuser]).await;
    let sale = sale(&site, site.id_of(Who::Organizer), site.id_of(Who::User)).await;
    let region = site.region().await;
    // Only ids cannot be known to a document.
    let made_home = crate::homes::made(&site, site.id_of(Who::Superuser), site.id_of(Who::Superuser)).await;
    let other = site.id_of(Who::User);
    let theirs = crate::homes::made(&site, other, other).await;
    let code = crate::homes::code(&site, other, &theirs.home).await;
    let ids = json!({ "code": code, "event_id": sale.event, "ticket_id": sale.other_ticket, "registration_id": sale.registration,
        "user_id": site.id_of(Who::User).to_string(), "group_id": 2 });
    // The group that the example of a group would make again.
    let removed = site
        .call(Who::Superuser, "DELETE", "/api/groups/1", Value::Null)
        .await;
    assert_eq!(removed.status, 204);
    let document = kabar_api::document();
    let mut made = 0;
    for (method, path, schema) in bodies(&document) {
        let route = kabar_api::routes()
            .into_iter()
            .find(|(route, _)| (route.method, route.path) == (&method, &path));
        let (route, _) = route.unwrap();
        // What an operator does with dead letters makes nothing, nor does a trial of a mailing or a test.
        if !route.is_once
            || path == "/api/password/forgot"
            || path.contains("{queue}")
            || path == "/api/mailings/{id}/test"
            || path == "/api/telegram/test"
        {
            continue;
        }
        let fields = schema["properties"].as_object().unwrap().iter();
        let is_home = path.starts_with("/api/homes");
        let mut body: Map<String, Value> = fields
            .filter_map(|(name, field)| {
                Some((name.clone(), ids.get(name).or_else(|| example(field))?.clone()))
            })
            .collect();
        if path == "/api/homes" {
            body.insert("region".to_owned(), json!(region));
        }
        let path = path.replace("{id}", if is_home { &made_home.home } else { &region });
        let answer = site.call(Who::Superuser, &method, &path, body.into()).await;
        assert_eq!(answer.status, 201, "{method} {path}: {}", answer.json);
        made += 1;
    }
    site.house.drain().await;
    assert!(made >= 9, "only {made} routes were found that make something");
}
