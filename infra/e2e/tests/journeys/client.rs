use kabar_local::Local;
use reqwest::{Method, multipart::Form};
use serde_json::{Value, json};

/// Somebody who calls the API of a stack, with or without slashes at the ends of paths.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    url: String,
    has_slashes: bool,
    token: Option<String>,
}

/// An answer whose status and form were as they should be.
pub(crate) struct Answer {
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) json: Value,
}

impl Answer {
    pub(crate) fn text(&self, field: &str) -> String {
        let text = self.json[field].as_str();
        text.unwrap_or_else(|| panic!("{field} is no text in {}", self.json))
            .to_owned()
    }

    pub(crate) fn id(&self) -> String {
        self.text("id")
    }

    /// The fields that an object has, in order of name.
    pub(crate) fn fields(&self) -> Vec<&str> {
        let object = self.json.as_object().unwrap();
        object.keys().map(String::as_str).collect()
    }
}

impl Client {
    pub(crate) fn nobody(local: &Local, has_slashes: bool) -> Self {
        Self {
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            url: local.url().to_owned(),
            has_slashes,
            token: None,
        }
    }

    pub(crate) async fn log_in(&self, username: &str, password: &str) -> Self {
        let who = json!({ "username": username, "password": password });
        let pair = self.post("/api/login", who, 200).await;
        assert_eq!(pair.fields(), ["access", "refresh"]);
        Self {
            token: Some(pair.text("access")),
            ..self.clone()
        }
    }

    pub(crate) async fn get(&self, path: &str, status: u16) -> Answer {
        self.call(Method::GET, path, Value::Null, status).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value, status: u16) -> Answer {
        self.call(Method::POST, path, body, status).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value, status: u16) -> Answer {
        self.call(Method::PUT, path, body, status).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value, status: u16) -> Answer {
        self.call(Method::PATCH, path, body, status).await
    }

    pub(crate) async fn delete(&self, path: &str, status: u16) -> Answer {
        self.call(Method::DELETE, path, Value::Null, status).await
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: Value, status: u16) -> Answer {
        let mut request = self.http.request(method.clone(), self.url_of(path));
        if !body.is_null() {
            request = request.json(&body);
        }
        self.answer(request, &format!("{method} {path} {body}"), status)
            .await
    }

    pub(crate) async fn upload(&self, path: &str, form: Form, status: u16) -> Answer {
        let request = self.http.post(self.url_of(path)).multipart(form);
        self.answer(request, &format!("POST {path}"), status).await
    }

    /// Posts, and takes whatever status comes.
    pub(crate) async fn try_post(&self, path: &str, body: Value) -> (u16, Value) {
        let mut request = self.http.post(self.url_of(path)).json(&body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    fn url_of(&self, path: &str) -> String {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let slash = if self.has_slashes { "/" } else { "" };
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{path}{slash}{mark}{query}", self.url)
    }

    /// Sends, and holds the answer to its status and to JSON, problems included.
    async fn answer(&self, request: reqwest::RequestBuilder, what: &str, status: u16) -> Answer {
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let (got, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer.text().await.unwrap();
        assert_eq!(got, status, "{what}: {text}");
        if text.is_empty() {
            assert_eq!(status, 204, "{what}: only a 204 has no body");
            return Answer {
                headers,
                json: Value::Null,
            };
        }
        assert_eq!(headers["content-type"], "application/json", "{what}");
        let json: Value = serde_json::from_str(&text).unwrap();
        if status >= 400 {
            assert_eq!(json["status"], status, "{what}: {json}");
            for member in ["type", "title", "detail"] {
                assert!(json[member].is_string(), "{what}: {json}");
            }
            assert_eq!(json["errors"].is_object(), status == 400, "{what}: {json}");
        }
        Answer { headers, json }
    }
}
