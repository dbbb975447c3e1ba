//! Kabar's own HTTP API, as any client would use it.

use reqwest::{
    Client, Method, RequestBuilder,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

use crate::error::{Error, Explain, Result};
use crate::local::Local;

/// A caller who is logged in as the superuser.
pub(super) struct Kabar {
    http: Client,
    url: String,
    access: String,
}

impl Kabar {
    pub(super) async fn log_in(local: &Local) -> Result<Self> {
        let http = Client::builder()
            .no_proxy()
            .build()
            .explain(|| "Cannot make an HTTP client".to_owned())?;
        let mut kabar = Self {
            http,
            url: local.url().to_owned(),
            access: String::new(),
        };
        let who = json!({"username": local.superuser(), "password": local.superuser_password()});
        let tokens = kabar.call(Method::POST, "/api/login/", Some(&who)).await?;
        kabar.access = tokens["access"].as_str().unwrap_or_default().to_owned();
        Ok(kabar)
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.call(Method::POST, path, Some(body)).await
    }

    pub(super) async fn put(&self, path: &str, body: &Value) -> Result<Value> {
        self.call(Method::PUT, path, Some(body)).await
    }

    /// Makes something and returns its id.
    pub(super) async fn create(&self, path: &str, body: &Value) -> Result<String> {
        let made = self.post(path, body).await?;
        let id = made["id"].as_str().map(str::to_owned);
        id.ok_or_else(|| Error::new(format!("POST {path} returned nothing with an id.")))
    }

    /// How many messages have left the system.
    pub(super) async fn messages(&self) -> Result<usize> {
        let outbox = self.call(Method::GET, "/_local/outbox", None).await?;
        Ok(outbox["messages"].as_array().map_or(0, Vec::len))
    }

    /// Runs a scheduled function as of now.
    pub(super) async fn invoke(&self, function: &str) -> Result<Value> {
        self.call(Method::POST, &format!("/_local/invoke/{function}"), None)
            .await
    }

    /// Gives an event a poster, which is a PNG.
    pub(super) async fn upload_poster(&self, event: &str, picture: &'static [u8]) -> Result<()> {
        let path = "/api/events/upload/";
        let image = Part::bytes(picture).file_name("poster.png");
        let form = Form::new().text("event", event.to_owned()).part("image", image);
        let request = self.request(Method::POST, path).multipart(form);
        answer(request, Method::POST, path).await.map(drop)
    }

    pub(super) async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value> {
        let mut request = self.request(method.clone(), path);
        if let Some(body) = body {
            request = request.json(body);
        }
        answer(request, method, path).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        if self.access.is_empty() {
            request
        } else {
            request.bearer_auth(&self.access)
        }
    }
}

async fn answer(request: RequestBuilder, method: Method, path: &str) -> Result<Value> {
    let answer = request
        .send()
        .await
        .explain(|| format!("{method} {path} was not answered"))?;
    let status = answer.status();
    let text = answer
        .text()
        .await
        .explain(|| format!("{method} {path} broke off"))?;
    if status.is_success() {
        return Ok(serde_json::from_str(&text).unwrap_or_default());
    }
    Err(Error::new(format!("{method} {path} answered {status}: {text}")))
}
