//! Somebody with a browser who is logged in.

use std::sync::OnceLock;

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use kabar_console::{Site, service};
use kabar_domain::{
    Language, World,
    ids::UserId,
    people::{GroupName, User},
};
use kabar_testkit::{House, JAKARTA, PASSWORD, Person};
use tower::ServiceExt;
use url::form_urlencoded::Serializer;

use crate::common::Answer;

pub(crate) struct Visitor {
    service: Router,
    cookie: String,
    /// What forms of their session know.
    csrf: String,
}

impl Visitor {
    /// A superuser.
    pub(crate) async fn superuser(house: &House) -> Self {
        Self::come(house, "susi", true, None).await
    }

    /// A member of a group of this name.
    pub(crate) async fn member(house: &House, name: &str, group: &str) -> Self {
        Self::come(house, name, false, Some(group)).await
    }

    /// Somebody without a role.
    pub(crate) async fn user(house: &House, name: &str) -> Self {
        Self::come(house, name, false, None).await
    }

    async fn come(house: &House, name: &str, is_superuser: bool, group: Option<&str>) -> Self {
        static HASH: OnceLock<String> = OnceLock::new();
        let app = &house.app;
        let profile = Person {
            name,
            language: Language::En,
            zone: JAKARTA,
        }
        .profile();
        let user = User {
            id: UserId::new(&*house.world),
            profile,
            is_superuser,
            groups: Vec::new(),
            date_joined: house.world.now(),
            version: 1,
        };
        let hash = HASH.get_or_init(|| {
            let hash = app.passwords.hash(&*house.world, PASSWORD.as_bytes());
            hash.unwrap()
        });
        app.people.add_user(&user, hash).await.unwrap().unwrap();
        if let Some(group) = group {
            let group = app.add_group(&GroupName::parse(group).unwrap()).await.unwrap();
            app.assign_role(user.id, group.id).await.unwrap();
        }
        let site = Site {
            url: "https://kabar.example.com".to_owned(),
            bot: "kabar_test_bot".to_owned(),
        };
        let mut visitor = Self {
            service: service(app.clone(), site),
            cookie: String::new(),
            csrf: String::new(),
        };
        let entered = visitor
            .post("/login", &[("username", name), ("password", PASSWORD)])
            .await;
        assert_eq!(entered.status, 303, "{}", entered.text);
        let cookie = entered.header(header::SET_COOKIE);
        visitor.cookie = cookie.split(';').next().unwrap().to_owned();
        let page = visitor.get("/").await;
        let (_, rest) = page.text.split_once("name=\"csrf\" value=\"").unwrap();
        rest.split('"').next().unwrap().clone_into(&mut visitor.csrf);
        visitor
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.service.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, &self.cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Opens a page that has to be there.
    pub(crate) async fn open(&self, path: &str) -> Answer {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        page
    }

    /// Sends a form of a page of theirs.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = Serializer::new(String::new());
        form.append_pair("csrf", &self.csrf).extend_pairs(fields);
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.finish())).unwrap()).await
    }

    /// Makes a thing by its form; gives where it is.
    pub(crate) async fn make(&self, kind: &str, fields: &[(&str, &str)]) -> String {
        let made = self.post(&format!("/{kind}"), fields).await;
        assert_eq!(made.status, 303, "{}", made.text);
        let there = made.header(header::LOCATION);
        there.split('?').next().unwrap().to_owned()
    }

    /// Sends a file with fields, as a browser does.
    pub(crate) async fn upload(&self, path: &str, file: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = String::new();
        let csrf = [("csrf", self.csrf.as_str())];
        for (name, value) in csrf.iter().chain(fields) {
            body += &format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        body += "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"clients.csv\"\r\n";
        body += &format!("Content-Type: text/csv\r\n\r\n{file}\r\n--edge--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}
