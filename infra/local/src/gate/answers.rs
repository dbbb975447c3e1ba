//! Errors as each service words them, so that the SDK classifies them as it would in the cloud.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::faults::Service;

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");

/// "You are too fast."
pub(super) fn throttled(service: Service) -> Response {
    match service {
        Service::Ses => ses(
            StatusCode::TOO_MANY_REQUESTS,
            "TooManyRequestsException",
            "Maximum sending rate exceeded.",
        ),
        Service::Dynamodb => dynamodb(
            StatusCode::BAD_REQUEST,
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded. \
             Consider increasing your provisioning level with the UpdateTable API.",
            json!({}),
        ),
        Service::Sqs => sqs(StatusCode::BAD_REQUEST, "RequestThrottled", "Rate exceeded"),
        Service::S3 => s3(
            StatusCode::SERVICE_UNAVAILABLE,
            "SlowDown",
            "Please reduce your request rate.",
        ),
        Service::Sms => sms(StatusCode::TOO_MANY_REQUESTS, "Too many messages."),
        Service::Telegram => telegram(
            StatusCode::TOO_MANY_REQUESTS,
            "Too Many Requests: retry after 2",
            json!({"retry_after": 2}),
        ),
    }
}

/// "It is our fault."
pub(super) fn failed(service: Service) -> Response {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    match service {
        Service::Ses => ses(status, "InternalServiceErrorException", "Internal service error."),
        Service::Dynamodb => dynamodb(status, "InternalServerError", "Internal server error", json!({})),
        Service::Sqs => sqs(status, "InternalFailure", "The request processing has failed."),
        Service::S3 => s3(
            status,
            "InternalError",
            "We encountered an internal error. Please try again.",
        ),
        Service::Sms => sms(status, "Internal error."),
        Service::Telegram => telegram(status, "Internal Server Error", Value::Null),
    }
}

/// DynamoDB's answer when another transaction holds an item; `body` is the request.
pub(super) fn conflict(operation: &str, body: &[u8]) -> Response {
    if !operation.starts_with("Transact") {
        let message = "Transaction is ongoing for the item";
        return dynamodb(
            StatusCode::BAD_REQUEST,
            "TransactionConflictException",
            message,
            json!({}),
        );
    }
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let items = request["TransactItems"].as_array().map_or(1, Vec::len);
    // The first item is the contended one.
    let codes: Vec<&str> = (0..items)
        .map(|index| if index == 0 { "TransactionConflict" } else { "None" })
        .collect();
    let reason = |code: &&str| match *code {
        "None" => json!({"Code": "None"}),
        code => json!({"Code": code, "Message": "Transaction is ongoing for the item"}),
    };
    let reasons: Vec<Value> = codes.iter().map(reason).collect();
    let message = format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.join(", ")
    );
    let details = json!({"Message": message, "CancellationReasons": reasons});
    dynamodb(
        StatusCode::BAD_REQUEST,
        "TransactionCanceledException",
        &message,
        details,
    )
}

/// An error of SES v2's REST protocol.
pub(super) fn ses(status: StatusCode, code: &'static str, message: &str) -> Response {
    let headers = [(CONTENT_TYPE, "application/json"), (ERROR_TYPE, code)];
    (status, headers, json!({"message": message}).to_string()).into_response()
}

fn dynamodb(status: StatusCode, code: &str, message: &str, mut details: Value) -> Response {
    details["__type"] = json!(format!("com.amazonaws.dynamodb.v20120810#{code}"));
    if details["Message"].is_null() {
        details["message"] = json!(message);
    }
    (
        status,
        [(CONTENT_TYPE, "application/x-amz-json-1.0")],
        details.to_string(),
    )
        .into_response()
}

fn sqs(status: StatusCode, code: &str, message: &str) -> Response {
    let side = if status.is_server_error() {
        "Receiver"
    } else {
        "Sender"
    };
    let headers = [
        (CONTENT_TYPE, "application/x-amz-json-1.0".to_owned()),
        (QUERY_ERROR, format!("{code};{side}")),
    ];
    let body = json!({"__type": format!("com.amazonaws.sqs#{code}"), "message": message});
    (status, headers, body.to_string()).into_response()
}

/// An error of the SMS gateway.
pub(super) fn sms(status: StatusCode, message: &str) -> Response {
    let headers = [(CONTENT_TYPE, "application/json")];
    (status, headers, json!({"message": message}).to_string()).into_response()
}

/// An error of the Bot API, with its parameters if it has any.
pub(super) fn telegram(status: StatusCode, description: &str, parameters: Value) -> Response {
    let mut body = json!({"ok": false, "error_code": status.as_u16(), "description": description});
    if !parameters.is_null() {
        body["parameters"] = parameters;
    }
    (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

fn s3(status: StatusCode, code: &str, message: &str) -> Response {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    (status, [(CONTENT_TYPE, "application/xml")], body).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    async fn body(response: Response) -> Value {
        serde_json::from_slice(&to_bytes(response.into_body(), 10_000).await.unwrap()).unwrap()
    }

    #[tokio::test]
    async fn a_conflicting_transaction_names_a_reason_per_item() {
        let request = br#"{"TransactItems": [{"Put": {}}, {"Update": {}}]}"#;
        let response = conflict("TransactWriteItems", request);
        assert_eq!(response.status(), 400);
        let body = body(response).await;
        assert_eq!(
            body["__type"],
            "com.amazonaws.dynamodb.v20120810#TransactionCanceledException"
        );
        assert_eq!(body["CancellationReasons"][0]["Code"], "TransactionConflict");
        assert_eq!(body["CancellationReasons"][1], json!({"Code": "None"}));
        assert!(
            body["Message"]
                .as_str()
                .unwrap()
                .ends_with("[TransactionConflict, None]")
        );
    }

    #[tokio::test]
    async fn a_single_write_conflicts_in_its_own_way() {
        let body = body(conflict("PutItem", b"{}")).await;
        assert_eq!(
            body["__type"],
            "com.amazonaws.dynamodb.v20120810#TransactionConflictException"
        );
    }

    #[tokio::test]
    async fn every_service_words_throttling_as_its_sdk_expects() {
        let ses = throttled(Service::Ses);
        assert_eq!(
            (ses.status().as_u16(), &ses.headers()[ERROR_TYPE]),
            (429, &"TooManyRequestsException".parse().unwrap())
        );
        let sqs = throttled(Service::Sqs);
        assert_eq!(sqs.headers()[QUERY_ERROR], "RequestThrottled;Sender");
        let dynamodb = body(throttled(Service::Dynamodb)).await;
        assert!(
            dynamodb["__type"]
                .as_str()
                .unwrap()
                .ends_with("#ProvisionedThroughputExceededException")
        );
        let s3 = throttled(Service::S3);
        assert_eq!(s3.status(), 503);
        let s3 = to_bytes(s3.into_body(), 10_000).await.unwrap();
        assert!(s3.ends_with(
            b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
        ));
    }
}
