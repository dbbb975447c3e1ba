//! Somebody's browser, that has no screen: it keeps a cookie, and knows what forms of its session know.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, header, request::Builder},
};
use kabar_console::service;
use kabar_domain::{ids::UserId, people::Role};
use kabar_testkit::{House, PASSWORD};
use tower::ServiceExt;
use url::form_urlencoded::Serializer;

use crate::{
    common::{Answer, HERE, answered, here},
    html::hidden,
    people::account,
};

const BOUNDARY: &str = "----a-browser-of-a-test";

#[derive(Clone)]
pub(crate) struct Browser {
    service: Router,
    /// Whose it is, if anybody's.
    pub(crate) user: Option<UserId>,
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

impl Browser {
    /// Of somebody new who is logged in, and reads English in Jakarta.
    pub(crate) async fn of(house: &House, name: &str, roles: &[Role]) -> Self {
        let user = account(house, name, roles).await;
        let nobody = Self::on(service(house.app.clone(), here()));
        nobody.log_in(name, Some(user)).await
    }

    /// Of a superuser.
    pub(crate) async fn superuser(house: &House) -> Self {
        Self::of(house, "susi", &[Role::Superuser]).await
    }

    /// Of nobody, over a service.
    pub(crate) const fn on(service: Router) -> Self {
        Self {
            service,
            user: None,
            cookie: String::new(),
            csrf: String::new(),
        }
    }

    /// Of nobody, over the same service.
    pub(crate) fn nobody(&self) -> Self {
        Self::on(self.service.clone())
    }

    /// Another one, in which somebody just logged in.
    pub(crate) async fn log_in(&self, name: &str, user: Option<UserId>) -> Self {
        let mut browser = self.nobody();
        let inside = browser
            .post("/login", &[("username", name), ("password", PASSWORD)])
            .await;
        assert_eq!(inside.status, 303, "{}", inside.text);
        browser.user = user;
        browser.keep(&inside.headers).await;
        browser
    }

    /// Keeps the cookie of an answer, and learns what forms of its session know.
    pub(crate) async fn keep(&mut self, headers: &HeaderMap) {
        let kept = headers[header::SET_COOKIE].to_str().unwrap();
        kept.split(';').next().unwrap().clone_into(&mut self.cookie);
        self.csrf = hidden(&self.get("/me/delete").await.text, "csrf");
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Opens a page that has to be there.
    pub(crate) async fn open(&self, path: &str) -> Answer {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        page
    }

    /// Sends a form of our own page.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = Serializer::new(String::new());
        form.extend_pairs(fields);
        if !self.csrf.is_empty() {
            form.append_pair("csrf", &self.csrf);
        }
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(form.finish())).await
    }

    /// The same, of texts that were made.
    pub(crate) async fn post_owned(&self, path: &str, fields: &[(&str, String)]) -> Answer {
        let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
        self.post(path, &fields.collect::<Vec<_>>()).await
    }

    /// Sends a form with a file: its field, its name, its kind and its bytes.
    pub(crate) async fn post_file(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name, kind, bytes): (&str, &str, &str, &[u8]),
    ) -> Answer {
        let part =
            |head: &str| format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n").into_bytes();
        let mut body = Vec::new();
        for (name, value) in [("csrf", self.csrf.as_str())].iter().chain(fields) {
            body.extend(part(&format!("name=\"{name}\"")));
            body.extend(format!("\r\n{value}\r\n").into_bytes());
        }
        body.extend(part(&format!("name=\"{field}\"; filename=\"{name}\"")));
        body.extend(format!("Content-Type: {kind}\r\n\r\n").into_bytes());
        body.extend([bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        self.send(request, Body::from(body)).await
    }

    /// Sends a file of clients.
    pub(crate) async fn upload(&self, path: &str, file: &str, fields: &[(&str, &str)]) -> Answer {
        let file = ("file", "clients.csv", "text/csv", file.as_bytes());
        self.post_file(path, fields, file).await
    }

    /// Makes something with the form of its list; gives where it is.
    pub(crate) async fn made(&self, list: &str, fields: &[(&str, &str)]) -> String {
        let once = self.once(list).await;
        let all = [fields, &[("once", once.as_str())]].concat();
        let made = self.post(list, &all).await;
        place(&made).split('?').next().unwrap().to_owned()
    }

    /// The same; gives its id.
    pub(crate) async fn make(&self, list: &str, fields: &[(&str, &str)]) -> String {
        let there = self.made(list, fields).await;
        let id = there.strip_prefix(list).unwrap();
        id.trim_start_matches('/').to_owned()
    }

    /// What the form of a new thing says of itself, so that it is taken once.
    pub(crate) async fn once(&self, list: &str) -> String {
        hidden(&self.open(&format!("{list}/new")).await.text, "once")
    }

    async fn send(&self, request: Builder, body: Body) -> Answer {
        let request = request
            .header(header::COOKIE, &self.cookie)
            .header(header::ORIGIN, HERE)
            .header(header::ACCEPT_LANGUAGE, "en");
        let request = request.body(body).unwrap();
        answered(self.service.clone().oneshot(request).await.unwrap()).await
    }
}

/// Where an answer leads.
pub(crate) fn place(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.header(header::LOCATION)
}
