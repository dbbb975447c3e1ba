//! The sample events of `events/`, as API Gateway would send them.

use kabar_domain::{events::Event, ids::EventId};
use lambda_http::{Request, request::LambdaRequest};

use crate::site::{Site, Who};

/// What API Gateway sends, as the service gets it.
fn parse(event: &str) -> Request {
    serde_json::from_str::<LambdaRequest>(event).unwrap().into()
}

async fn status(site: &Site, event: &str) -> u16 {
    let request = parse(event).map(|body| axum::body::Body::from(body.to_vec()));
    site.send(request).await.status.as_u16()
}

#[tokio::test]
async fn a_person_who_has_signed_up_logs_in() {
    let site = Site::new().await;
    let login = include_str!("../../../../events/api-login.json");
    assert_eq!(
        status(&site, login).await,
        401,
        "nobody of that name has signed up"
    );
    let body: serde_json::Value = serde_json::from_slice(&parse(login).into_body()).unwrap();
    let name = body["username"].as_str().unwrap();
    let new =
        serde_json::json!({ "username": name, "email": "sample@example.com", "password": body["password"] });
    assert_eq!(
        site.call(Who::Nobody, "POST", "/api/users", new).await.status,
        201
    );
    assert_eq!(status(&site, login).await, 200);
}

#[tokio::test]
async fn the_address_that_api_gateway_names_is_told_to_wait_whatever_names_it_tries() {
    let site = Site::new().await;
    let try_as = async |name: &str, address: &str| {
        let mut event: serde_json::Value =
            serde_json::from_str(include_str!("../../../../events/api-login.json")).unwrap();
        event["requestContext"]["http"]["sourceIp"] = address.into();
        let body = serde_json::json!({ "username": name, "password": kabar_testkit::PASSWORD });
        event["body"] = body.to_string().into();
        let request = parse(&event.to_string()).map(|body| axum::body::Body::from(body.to_vec()));
        site.send(request).await
    };
    for n in 0..10 {
        assert_eq!(try_as(&format!("name{n}"), "192.0.2.10").await.status, 401);
    }
    let refused = try_as("ulla", "192.0.2.10").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.json["type"], "/docs/#problem-too-many-tries");
    assert_eq!(refused.json["title"], "Too many tries; wait");
    let clock = "the house's clock stands at the start of a quarter of an hour";
    assert_eq!(refused.header("retry-after"), "900", "{clock}");
    assert_eq!(try_as("ulla", "192.0.2.11").await.status, 200);
}

#[tokio::test]
async fn a_region_that_is_not_there_is_not_found() {
    let site = Site::new().await;
    let event = include_str!("../../../../events/api-get-region.json");
    assert!(parse(event).uri().path().starts_with("/api/regions/"));
    assert_eq!(status(&site, event).await, 404);
}

#[tokio::test]
async fn a_picture_comes_through_api_gateway_byte_for_byte() {
    let site = Site::with(&[Who::Superuser]).await;
    let sample = include_str!("../../../../events/api-upload-poster.json");
    let upload = async || {
        let mut request = parse(sample).map(|body| axum::body::Body::from(body.to_vec()));
        let token = format!("Bearer {}", site.token(Who::Superuser).unwrap());
        request
            .headers_mut()
            .insert("authorization", token.parse().unwrap());
        site.send(request).await
    };
    assert_eq!(status(&site, sample).await, 401, "its token is made up");
    assert_eq!(upload().await.bad_fields(), ["event"], "there is no such event");

    let url = "/api/events/";
    let made = site
        .call(Who::Superuser, "POST", url, crate::sales::event_body(None))
        .await;
    let events = &site.house.app.events;
    let made = events
        .event(EventId::parse(&made.id()).unwrap())
        .await
        .unwrap()
        .unwrap();
    let sent = parse(sample).into_body().to_vec();
    let id = sent
        .windows(36)
        .find_map(|text| EventId::parse(std::str::from_utf8(text).ok()?));
    let event = Event {
        id: id.unwrap(),
        ..made
    };
    let usual = &site.house.app.reminders;
    events.add_event(&event, usual).await.unwrap();
    let answer = upload().await;
    assert_eq!(answer.status, 201, "{}", answer.json);
    let stored = site
        .house
        .bucket
        .open(answer.json["url"].as_str().unwrap())
        .unwrap();
    assert!(
        stored.bytes == kabar_testkit::pictures::JPEG,
        "{} bytes",
        stored.bytes.len()
    );
}
