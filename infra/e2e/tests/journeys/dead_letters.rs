//! What could not be done ends where an operator sees it, and is done once its cause is mended.

use kabar_local::Options;
use serde_json::{Value, json};

use crate::stack::{Stack, eventually};

const URGENT: &str = "/api/dead-letters/urgent/";

/// How many dead letters each queue has.
async fn counts(stack: &Stack) -> Vec<(String, u64)> {
    let queues = stack.get("/api/dead-letters/").await;
    let queues = queues["dead_letters"].as_array().unwrap().iter();
    queues
        .map(|queue| {
            let name = queue["queue"].as_str().unwrap().to_owned();
            (name, queue["count"].as_u64().unwrap())
        })
        .collect()
}

/// Has the urgent lane give its messages out again at once, as if the five times three minutes were over.
async fn hurry(stack: &Stack) {
    let settings = stack.local.env();
    let setting = |name: &str| {
        let found = settings.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap()
    };
    let queue = setting("URGENT_QUEUE_URL");
    let body = json!({ "QueueUrl": queue, "Attributes": { "VisibilityTimeout": "1" } });
    let request = stack
        .http
        .post(setting("AWS_ENDPOINT_URL"))
        .header("x-amz-target", "AmazonSQS.SetQueueAttributes")
        .header("content-type", "application/x-amz-json-1.0")
        .header(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=local/20260101/ap-southeast-1/sqs/aws4_request, SignedHeaders=host, \
             Signature=local",
        )
        .body(body.to_string());
    let answer = request.send().await.unwrap();
    assert!(answer.status().is_success(), "{:?}", answer.text().await);
}

#[tokio::test]
async fn a_page_that_no_sender_can_take_is_seen_redriven_and_told_once() {
    let stack = Stack::start(Options::default()).await;
    let region = stack.region("Bandung").await;
    stack.follower(&region, "sari", "id", "Asia/Jakarta").await;
    let all = counts(&stack).await;
    assert_eq!(all.len(), 10, "{all:?}");
    assert!(all.iter().all(|(_, count)| *count == 0), "{all:?}");

    hurry(&stack).await;
    // Whoever claims a page is refused, for as long as its message has tries.
    let fault = json!({ "service": "dynamodb", "operation": "UpdateItem", "contains": "claimed_until", "kind": "error",
        "count": 1_000 });
    stack.post("/_local/faults", fault).await;
    stack.say(&region, "off").await;
    stack.invoke("power-check", None).await;
    let letter = eventually("the page is a dead letter", async || {
        let letters = stack.get(URGENT).await;
        letters["dead_letters"].get(0).cloned()
    })
    .await;
    assert_eq!(letter["work"]["kind"], "send");
    assert_eq!(letter["work"]["notice"], stack.notice(&region).await["id"]);
    assert_eq!(letter["standing"], "open");
    let page = letter["work"]["page"].as_str().unwrap();
    assert_eq!(counts(&stack).await[0], ("urgent".to_owned(), 1));
    assert!(stack.mails().await.is_empty());

    let cleared = stack
        .request(reqwest::Method::DELETE, "/_local/faults")
        .send()
        .await;
    assert!(cleared.unwrap().status().is_success());
    let ids = json!({ "ids": [letter["id"]] });
    let moved = stack.post(&format!("{URGENT}redrive/"), ids).await;
    assert_eq!((&moved["count"], &moved["missing"]), (&json!(1), &json!([])));
    assert_eq!(stack.told(&region, "outage").await["counts"]["sent"], 1);
    assert_eq!(stack.mails().await.len(), 1);
    let left = stack.get(URGENT).await;
    assert_eq!(
        (&left["count"], &left["dead_letters"]),
        (&json!(0), &Value::Array(Vec::new()))
    );

    assert_eq!(stack.get("/api/stuck-pages/").await, json!({ "stuck_pages": [] }));
    let release = format!("/api/stuck-pages/{page}/release/");
    let refused = stack
        .request(reqwest::Method::POST, &release)
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), 409, "it is told");
}
