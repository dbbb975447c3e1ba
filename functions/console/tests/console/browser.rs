//! Somebody's browser: it keeps a cookie, and sends the forms of pages it has seen.

use std::sync::OnceLock;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use kabar_console::{Site, service};
use kabar_domain::{
    Language, World,
    ids::UserId,
    people::{GroupName, Role, User},
};
use kabar_testkit::{House, JAKARTA, PASSWORD, Person};

use crate::common::Answer;

const URL: &str = "https://kabar.example.com";
const BOUNDARY: &str = "----a-browser-of-a-test";

pub(crate) struct Browser {
    service: Router,
    pub(crate) cookie: String,
    /// What the forms of the page seen last know.
    csrf: String,
    pub(crate) user: UserId,
}

impl Browser {
    /// Of somebody who is logged in and reads English in Jakarta.
    pub(crate) async fn of(house: &House, name: &str, roles: &[Role]) -> Self {
        let user = account(house, name, roles).await;
        let site = Site {
            url: URL.to_owned(),
            bot: "kabar_test_bot".to_owned(),
        };
        let mut browser = Self {
            service: service(house.app.clone(), site),
            cookie: String::new(),
            csrf: String::new(),
            user,
        };
        let inside = browser
            .post("/login", &[("username", name), ("password", PASSWORD)])
            .await;
        assert_eq!(inside.status, 303, "{}", inside.text);
        browser.cookie = cookie(&inside.headers);
        browser.get("/me/delete").await;
        browser
    }

    /// Of nobody, over the same service.
    pub(crate) fn nobody(&self) -> Self {
        Self {
            service: self.service.clone(),
            cookie: String::new(),
            csrf: String::new(),
            user: self.user,
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let answer = self.send(Request::get(path), Body::empty()).await;
        if let Some(csrf) = field(&answer.text, "csrf") {
            self.csrf = csrf;
        }
        answer
    }

    /// Sends a form that the page seen last has.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &self.csrf).extend_pairs(fields);
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(form.finish())).await
    }

    /// The same, of texts that were made.
    pub(crate) async fn post_owned(&self, path: &str, fields: &[(&str, String)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.post(path, &fields).await
    }

    /// Sends a form with a file: its field, its name, its kind and its bytes.
    pub(crate) async fn post_file(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name, kind, bytes): (&str, &str, &str, &[u8]),
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in [("csrf", self.csrf.as_str())].iter().chain(fields) {
            body.extend(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .into_bytes(),
            );
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
        );
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send(
            Request::post(path).header(header::CONTENT_TYPE, kind),
            Body::from(body),
        )
        .await
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let request = request
            .header(header::COOKIE, &self.cookie)
            .header(header::ORIGIN, URL)
            .header(header::ACCEPT_LANGUAGE, "en");
        let request = request.body(body).unwrap();
        let response = tower::ServiceExt::oneshot(self.service.clone(), request)
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
}

/// The value of a hidden field of a page.
pub(crate) fn field(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("&#34;", "\"").replace("&#38;", "&"))
}

/// Where an answer leads.
pub(crate) fn place(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.header(header::LOCATION)
}

/// The cookie that an answer gives.
pub(crate) fn cookie(headers: &HeaderMap) -> String {
    let kept = headers[header::SET_COOKIE].to_str().unwrap();
    kept.split(';').next().unwrap().to_owned()
}

async fn account(house: &House, name: &str, roles: &[Role]) -> UserId {
    static HASH: OnceLock<String> = OnceLock::new();
    let person = Person {
        name,
        language: Language::En,
        zone: JAKARTA,
    };
    let user = User {
        id: UserId::new(&*house.world),
        profile: person.profile(),
        is_superuser: roles.contains(&Role::Superuser),
        groups: Vec::new(),
        date_joined: house.world.now(),
        version: 1,
    };
    let app = &house.app;
    let hash = HASH.get_or_init(|| app.passwords.hash(&*house.world, PASSWORD.as_bytes()).unwrap());
    app.people.add_user(&user, hash).await.unwrap().unwrap();
    for role in roles {
        let group = match role {
            Role::Organizer => "organizer",
            Role::Admin => "admin",
            Role::Superuser => continue,
        };
        let group = app.add_group(&GroupName::parse(group).unwrap()).await.unwrap();
        app.assign_role(user.id, group.id).await.unwrap();
    }
    user.id
}
