//! A stack to travel through.

use std::time::Duration;

use kabar_local::{Local, Options};
use serde_json::{Value, json};

/// The longest that anything of usual size may take: two leases of a dead sender and the work after them.
pub(crate) const PATIENCE: Duration = Duration::from_secs(150);

pub(crate) struct Stack {
    pub(crate) local: Local,
    pub(crate) http: reqwest::Client,
    token: String,
}

impl Stack {
    /// A stack, with the superuser logged in.
    pub(crate) async fn start(options: Options) -> Self {
        let local = Local::start(options).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut stack = Self {
            local,
            http,
            token: String::new(),
        };
        let (username, password) = (stack.local.superuser(), stack.local.superuser_password());
        let credentials = json!({ "username": username, "password": password });
        let pair = stack.post("/api/login/", credentials).await;
        stack.token = pair["access"].as_str().unwrap().to_owned();
        stack
    }

    /// A request of the superuser.
    pub(crate) fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.local.url());
        let request = self.http.request(method, &url);
        if self.token.is_empty() {
            request
        } else {
            request.bearer_auth(&self.token)
        }
    }

    pub(crate) async fn send(&self, method: reqwest::Method, path: &str, body: Value) -> Value {
        let mut request = self.request(method.clone(), path);
        if !body.is_null() {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{method} {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.send(reqwest::Method::GET, path, Value::Null).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        self.send(reqwest::Method::POST, path, body).await
    }

    /// A new region in Jakarta's zone.
    pub(crate) async fn region(&self, name: &str) -> String {
        let region = self
            .post(
                "/api/regions/",
                json!({ "name": name, "time_zone": "Asia/Jakarta" }),
            )
            .await;
        region["id"].as_str().unwrap().to_owned()
    }

    /// Signs up a person, who follows a region.
    pub(crate) async fn follower(&self, region: &str, name: &str, language: &str, time_zone: &str) -> String {
        let new = json!({ "username": name, "email": format!("{name}@example.com"), "password": "correct horse",
            "first_name": name, "language": language, "time_zone": time_zone });
        let user = self.post("/api/users/", new).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        self.post(
            &format!("/api/regions/{region}/followers/"),
            json!({ "user_id": user }),
        )
        .await;
        user
    }

    pub(crate) async fn say(&self, region: &str, status: &str) {
        let path = format!("/api/regions/{region}/status/");
        self.send(reqwest::Method::PUT, &path, json!({ "status": status }))
            .await;
    }

    /// Runs a scheduled function, as of a moment or now.
    pub(crate) async fn invoke(&self, function: &str, time: Option<jiff::Timestamp>) -> Value {
        let query = time.map(|time| format!("?time={time}")).unwrap_or_default();
        self.post(&format!("/_local/invoke/{function}{query}"), Value::Null)
            .await
    }

    pub(crate) async fn fault(&self, service: &str, kind: &str, count: u32) {
        let mut fault = json!({ "service": service, "kind": kind, "count": count });
        if service == "sqs" {
            fault["operation"] = json!("SendMessage");
        }
        self.post("/_local/faults", fault).await;
    }

    /// The mails that left, as recipient, subject and text.
    pub(crate) async fn mails(&self) -> Vec<(String, String, String)> {
        let outbox = self.get("/_local/outbox?channel=email").await;
        let text = |mail: &Value, part: &str| mail[part].as_str().unwrap().to_owned();
        let mails = outbox["messages"].as_array().unwrap().iter();
        mails
            .map(|mail| (text(mail, "to"), text(mail, "subject"), text(mail, "text")))
            .collect()
    }

    /// The newest notice about a region.
    pub(crate) async fn notice(&self, region: &str) -> Value {
        let notices = self.get("/api/notices/").await;
        notices["notices"]
            .as_array()
            .unwrap()
            .iter()
            .find(|n| n["region"] == region)
            .cloned()
            .unwrap()
    }

    /// Every message of a notice.
    pub(crate) async fn messages(&self, notice: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            let part = self
                .get(&format!("/api/notices/{notice}/messages/?limit=200{cursor}"))
                .await;
            all.extend(part["messages"].as_array().unwrap().clone());
            let Some(next) = part["next"].as_str() else {
                return all;
            };
            cursor = format!("&cursor={next}");
        }
    }

    /// Waits until a notice is told to its end, and holds its counters to its rows.
    pub(crate) async fn told(&self, region: &str, kind: &str) -> Value {
        let done = eventually(&format!("the {kind} notice is done"), async || {
            let notice = self.notice(region).await;
            (notice["kind"] == kind && notice["status"] == "done").then_some(notice)
        })
        .await;
        let messages = self.messages(done["id"].as_str().unwrap()).await;
        for (status, count) in done["counts"].as_object().unwrap() {
            let rows = messages
                .iter()
                .filter(|message| message["status"] == status.as_str())
                .count();
            assert_eq!(count.as_u64(), Some(rows as u64), "{status}: {done}");
        }
        let doubts = messages
            .iter()
            .filter(|message| message["in_doubt"] == true)
            .count();
        assert_eq!(done["in_doubt"].as_u64(), Some(doubts as u64));
        done
    }
}

/// Asks until there is an answer.
pub(crate) async fn eventually<T>(what: &str, ask: impl AsyncFnMut() -> Option<T>) -> T {
    eventually_in(PATIENCE, what, ask).await
}

/// Asks until there is an answer, for so long.
pub(crate) async fn eventually_in<T>(
    patience: Duration,
    what: &str,
    mut ask: impl AsyncFnMut() -> Option<T>,
) -> T {
    // Whoever waits long asks seldom, for the answer is made by the cores that are waited for.
    let mut beat = tokio::time::interval(patience / 1_500);
    let asked = async {
        loop {
            beat.tick().await;
            if let Some(answer) = ask().await {
                return answer;
            }
        }
    };
    let answer = tokio::time::timeout(patience, asked).await;
    answer.unwrap_or_else(|_| panic!("still waiting until {what}"))
}
