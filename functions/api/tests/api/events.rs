//! The sample events of `events/`, as API Gateway would send them.

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
async fn a_region_that_is_not_there_is_not_found() {
    let site = Site::new().await;
    let event = include_str!("../../../../events/api-get-region.json");
    assert!(parse(event).uri().path().starts_with("/api/regions/"));
    assert_eq!(status(&site, event).await, 404);
}
