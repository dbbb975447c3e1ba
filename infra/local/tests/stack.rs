//! A whole stack of the real template with stand-ins for the functions: emulator, deploy, gate, faults.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kabar_local::{Local, Options};
use serde_json::{Value, json};

/// A folder where every function is the same small program.
fn binaries(name: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/functions");
    let folder = std::env::temp_dir().join(format!("kabar-local-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for function in [
        "api",
        "power-check",
        "mailing-dispatch",
        "email-sender",
        "sms-sender",
        "mail-feedback",
        "reminder-sweep",
        "removal-sweep",
    ] {
        symlink(source.join("function"), folder.join(function)).unwrap();
    }
    std::fs::copy(source.join("operator"), folder.join("operator")).unwrap();
    folder
}

struct World {
    local: Local,
    binaries: PathBuf,
    http: reqwest::Client,
}

impl World {
    async fn start(name: &str) -> Self {
        let binaries = binaries(name);
        let options = Options {
            binaries: Some(binaries.clone()),
            ..Options::default()
        };
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self {
            local: Local::start(options).await.unwrap(),
            binaries,
            http,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.local.url())
    }

    async fn get(&self, path: &str) -> Value {
        self.http
            .get(self.url(path))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// Runs power-check with this event; returns status and answer.
    async fn invoke(&self, event: Value) -> (u16, Value) {
        self.run("power-check", event).await
    }

    async fn run(&self, function: &str, event: Value) -> (u16, Value) {
        let request = self.http.post(self.url(&format!("/_local/invoke/{function}")));
        let answer = request.body(event.to_string()).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn fault(&self, fault: Value) {
        let answer = self
            .http
            .post(self.url("/_local/faults"))
            .body(fault.to_string())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
    }

    fn setting(&self, name: &str) -> String {
        let found = self.local.env().iter().find(|(known, _)| known == name);
        found
            .unwrap_or_else(|| panic!("{name} is not among {:?}", self.local.env()))
            .1
            .clone()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.binaries);
    }
}

#[tokio::test]
async fn a_stack_serves_the_app_and_shows_what_leaves_it() {
    let world = World::start("serves").await;
    let answer = world
        .http
        .post(world.url("/api/things/?a=1&b=x%20y"))
        .header("content-type", "text/plain")
        .body("hi")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["x-seen"].as_bytes()),
        (201, b"yes".as_slice())
    );
    let shown: Value = answer.json().await.unwrap();
    assert_eq!(
        shown,
        json!({"path": "/api/things/", "query": "a=1&b=x%20y", "body": "hi"})
    );

    let moment = world
        .http
        .post(world.url("/_local/invoke/power-check?time=2026-11-21T10:00:00Z"))
        .send();
    let summary: Value = moment.await.unwrap().json().await.unwrap();
    assert_eq!(summary["event"], json!({"time": "2026-11-21T10:00:00Z"}));
    assert_eq!(summary["tables"], json!(["NOTICES_TABLE", "POWER_TABLE"]));
    let (status, failure) = world.invoke(json!({"fail": true})).await;
    assert_eq!(
        (status, &failure["error"]["errorMessage"]),
        (502, &json!("as you wish"))
    );

    assert_eq!(
        world.invoke(json!({"mail": "ayu@example.com"})).await.1["status"],
        200
    );
    let outbox = world.get("/_local/outbox?to=ayu&channel=email").await;
    assert_eq!(outbox["messages"][0]["subject"], "Hello ayu@example.com");
    assert_eq!(world.get("/_local/outbox?to=budi").await["messages"], json!([]));

    let superuser = std::fs::read_to_string(world.binaries.join("superuser")).unwrap();
    let expected = format!(
        "superuser superuser@example.com {} kabar-people\n",
        world.local.superuser_password()
    );
    assert_eq!(superuser, expected);
    assert_eq!(world.setting("NOTICES_TABLE"), "kabar-notices");
    assert!(
        world
            .setting("DISPATCH_QUEUE_URL")
            .starts_with("http://127.0.0.1:")
    );
    assert!(
        std::fs::read_to_string(world.local.data_dir().join("logs/api.log"))
            .unwrap()
            .contains("started api")
    );
}

#[tokio::test]
async fn services_fail_as_asked() {
    let world = World::start("fails").await;
    world.fault(json!({"service": "ses", "kind": "throttle"})).await;
    world
        .fault(json!({"service": "ses", "kind": "accept_then_fail"}))
        .await;
    let (_, throttled) = world.invoke(json!({"mail": "a@example.com"})).await;
    assert_eq!(
        throttled,
        json!({"status": 429, "error": "TooManyRequestsException"})
    );
    assert_eq!(
        world.invoke(json!({"mail": "b@example.com"})).await.1["status"],
        500
    );
    assert_eq!(
        world.get("/_local/outbox").await["messages"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let calls = world.get("/_local/calls").await;
    assert_eq!(calls["ses"], json!({"asked": 2, "accepted": 1, "throttled": 1}));

    let put = json!({"service": "DYNAMODB", "target": "DynamoDB_20120810.PutItem",
        "call": {"TableName": "kabar-power", "Item": {"pk": {"S": "a"}, "sk": {"S": "b"}}}});
    world
        .fault(json!({"service": "dynamodb", "kind": "conflict"}))
        .await;
    let (_, conflict) = world.invoke(put.clone()).await;
    assert!(
        conflict["body"]["__type"]
            .as_str()
            .unwrap()
            .ends_with("#TransactionConflictException")
    );
    assert_eq!(world.invoke(put).await.1["status"], 200);

    let queue = world.setting("URGENT_DEAD_LETTERS_URL");
    world
        .fault(json!({"service": "sqs", "kind": "duplicate", "contains": "dead"}))
        .await;
    let send = json!({"service": "SQS", "target": "AmazonSQS.SendMessage",
        "call": {"QueueUrl": queue, "MessageBody": "x"}});
    assert_eq!(world.invoke(send).await.1["status"], 200);
    let count = json!({"service": "SQS", "target": "AmazonSQS.GetQueueAttributes",
        "call": {"QueueUrl": queue, "AttributeNames": ["ApproximateNumberOfMessages"]}});
    let (_, attributes) = world.invoke(count).await;
    assert_eq!(
        attributes["body"]["Attributes"]["ApproximateNumberOfMessages"],
        "2"
    );
    assert_eq!(world.get("/_local/faults").await["faults"], json!([]));
}

#[tokio::test]
async fn a_text_message_is_kept_and_fails_as_asked() {
    let world = World::start("texts").await;
    let (_, sent) = world.run("sms-sender", json!({"text": "79161234567"})).await;
    assert_eq!(
        sent,
        json!({"status": 200, "body": {"id": "sms-1", "message": "OK"}})
    );
    for (kind, status) in [("throttle", 429), ("accept_then_fail", 500)] {
        world.fault(json!({"service": "sms", "kind": kind})).await;
        let (_, refused) = world.run("sms-sender", json!({"text": "79031234567"})).await;
        assert_eq!(refused["status"], status);
    }
    let outbox = world.get("/_local/outbox?channel=sms").await;
    let shown = |number: usize| {
        let message = &outbox["messages"][number];
        json!([message["message"], message["to"], message["text"]])
    };
    assert_eq!(shown(0), json!(["7", "79161234567", "Hello"]));
    assert_eq!(shown(1), json!(["7", "79031234567", "Hello"]));
    assert_eq!(outbox["messages"].as_array().unwrap().len(), 2);
    let calls = world.get("/_local/calls").await;
    assert_eq!(calls["calls"]["sms"], json!({"Send": 3}));
}

#[tokio::test]
async fn an_object_comes_back_byte_for_byte_by_a_link_that_ends() {
    let world = World::start("objects").await;
    let content: Vec<u8> = (0..=255).cycle().take(500_000).collect();
    let object = json!({"object": format!("{}/events/1/a%20poster.png", world.setting("POSTER_BUCKET")), "content": STANDARD.encode(&content)});
    let (_, stored) = world.invoke(object.clone()).await;
    assert_eq!(stored["status"], 200, "{stored}");

    let link = stored["link"].as_str().unwrap();
    assert!(link.starts_with(&world.url("/_local/aws/s3/")), "{link}");
    let open = async |link: &str| {
        let answer = world.http.get(link).send().await.unwrap();
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        (answer.status().as_u16(), kind, answer.bytes().await.unwrap())
    };
    let (status, kind, found) = open(link).await;
    assert_eq!((status, kind.as_str()), (200, "image/png"));
    assert!(found == content, "{} bytes came back", found.len());
    let (status, _, said) = open(stored["ended"].as_str().unwrap()).await;
    assert_eq!(status, 403);
    assert!(String::from_utf8_lossy(&said).contains("Request has expired"));
    let (status, _, said) = open(&link.replace("X-Amz-Expires=60", "X-Amz-Expires=6000")).await;
    assert_eq!(status, 403);
    assert!(String::from_utf8_lossy(&said).contains("SignatureDoesNotMatch"));

    let bucket = format!(
        "{}/{}",
        world.setting("AWS_ENDPOINT_URL"),
        world.setting("POSTER_BUCKET")
    );
    let listed = world
        .http
        .get(format!("{bucket}?list-type=2"))
        .send()
        .await
        .unwrap();
    assert!(listed.text().await.unwrap().contains("events/1/a poster.png"));

    world
        .fault(
            json!({"service": "s3", "operation": "PutObject", "contains": "poster.png", "kind": "throttle"}),
        )
        .await;
    world
        .fault(json!({"service": "s3", "operation": "PutObject", "kind": "accept_then_fail"}))
        .await;
    let (_, refused) = world.invoke(object.clone()).await;
    assert_eq!(refused["status"], 503);
    assert!(
        refused["body"]
            .as_str()
            .unwrap()
            .contains("<Code>SlowDown</Code>")
    );
    let (_, failed) = world.invoke(object).await;
    assert_eq!(failed["status"], 500);
    assert!(
        failed["body"]
            .as_str()
            .unwrap()
            .contains("<Code>InternalError</Code>")
    );
    let calls = world.get("/_local/calls").await;
    assert_eq!(calls["calls"]["s3"], json!({"GetObject": 3, "PutObject": 3}));
}

#[tokio::test]
async fn a_hanging_call_goes_on_when_the_faults_are_deleted() {
    let world = World::start("hangs").await;
    world.fault(json!({"service": "ses", "kind": "hang"})).await;
    let release = async {
        // Released again and again: the call may not have reached the gate yet.
        let mut beat = tokio::time::interval(Duration::from_millis(100));
        loop {
            beat.tick().await;
            if world.get("/_local/faults").await["faults"] == json!([]) {
                world
                    .http
                    .delete(world.url("/_local/faults"))
                    .send()
                    .await
                    .unwrap();
            }
        }
    };
    tokio::select! {
        (_, answer) = world.invoke(json!({"mail": "a@example.com"})) => assert_eq!(answer["status"], 200),
        () = release => {}
    }
}

#[tokio::test]
async fn a_dropped_stack_leaves_nothing_behind() {
    let world = World::start("drops").await;
    let (url, folder) = (world.url("/_local/health"), world.local.data_dir().to_owned());
    let emulator = world.setting("AWS_ENDPOINT_URL");
    assert_eq!(world.get("/_local/health").await["status"], "ready");
    let http = world.http.clone();
    drop(world);
    assert!(http.get(url).send().await.is_err());
    assert!(http.get(emulator).send().await.is_err());
    assert!(!folder.exists());
}
