//! `OPTIONS` requests, which go past the emulated HTTP API: it answers all of them with a 403 of its own, where
//! AWS hands them to the function as long as the API has no CORS settings.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::{Gate, app};
use crate::cloud::Invoked;
use crate::outside;

/// Has the function answer an event.
pub(super) async fn answer(gate: &Gate, function: &str, event: Value) -> Response {
    match gate.shared.cloud.invoke(function, &event).await {
        Ok(Invoked::Answer(answer)) => response(&answer),
        Ok(Invoked::Failed(error)) => app::refuse(StatusCode::BAD_GATEWAY, &error.to_string()),
        Err(error) => app::refuse(StatusCode::BAD_GATEWAY, &error.to_string()),
    }
}

/// The event an HTTP API makes of a request without a body (payload format 2.0).
pub(super) fn event(request: &Request) -> Value {
    let mut headers = Map::new();
    for (name, value) in request.headers() {
        headers.insert(name.to_string(), json!(String::from_utf8_lossy(value.as_bytes())));
    }
    let now = outside::now();
    let path = request.uri().path();
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": request.uri().query().unwrap_or_default(),
        "headers": headers,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "local",
            "domainName": "localhost",
            "domainPrefix": "localhost",
            "http": {
                "method": request.method().as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": headers.get("user-agent").cloned().unwrap_or_default(),
            },
            "requestId": format!("local-{}", now.as_nanosecond()),
            "routeKey": "$default",
            "stage": "$default",
            "time": now.to_string(),
            "timeEpoch": now.as_millisecond(),
        },
        "isBase64Encoded": false,
    })
}

/// The function's answer as HTTP.
fn response(answer: &Value) -> Response {
    let status = answer["statusCode"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    let status = status
        .and_then(|status| StatusCode::from_u16(status).ok())
        .unwrap_or(StatusCode::OK);
    let mut response = (status, answer["body"].as_str().unwrap_or_default().to_owned()).into_response();
    // What axum makes of a text; the function's own, if any, replaces it.
    response.headers_mut().clear();
    for (name, value) in answer["headers"].as_object().into_iter().flatten() {
        let parsed = name
            .parse::<axum::http::HeaderName>()
            .ok()
            .zip(value.as_str().and_then(|v| v.parse().ok()));
        response.headers_mut().extend(parsed);
    }
    for cookie in answer["cookies"].as_array().into_iter().flatten() {
        let parsed = cookie.as_str().and_then(|cookie| cookie.parse().ok());
        response
            .headers_mut()
            .extend(parsed.map(|cookie| (SET_COOKIE, cookie)));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn a_preflight_becomes_an_event_and_its_answer_a_response() {
        let request = Request::options("/api/login/?a=1").header("origin", "https://app.example.com");
        let event = event(&request.body(Body::empty()).unwrap());
        assert_eq!(
            (&event["rawPath"], &event["rawQueryString"]),
            (&json!("/api/login/"), &json!("a=1"))
        );
        assert_eq!(event["headers"]["origin"], "https://app.example.com");
        assert_eq!(event["requestContext"]["http"]["method"], "OPTIONS");

        let headers = json!({"access-control-allow-origin": "https://app.example.com"});
        let response = response(&json!({"statusCode": 204, "headers": headers}));
        assert_eq!((response.status().as_u16(), response.headers().len()), (204, 1));
        assert_eq!(
            response.headers()["access-control-allow-origin"],
            "https://app.example.com"
        );
    }
}
