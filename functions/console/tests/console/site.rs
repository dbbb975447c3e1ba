//! People of every kind, with browsers that have no screen.

use std::sync::OnceLock;

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use kabar_console::service;
use kabar_domain::{
    Language, World,
    ids::UserId,
    people::{GroupName, User},
};
use kabar_store::Window;
use kabar_testkit::{House, JAKARTA, PASSWORD, Person};
use tower::ServiceExt;
use url::form_urlencoded::Serializer;

use crate::{
    common::{Answer, HERE, answered, here},
    html::hidden,
};

/// A console over a house of the testkit.
pub(crate) struct Site {
    pub(crate) house: House,
    service: Router,
}

/// Somebody's browser.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) user: Option<UserId>,
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

/// Whoever is not logged in.
pub(crate) fn nobody() -> Browser {
    Browser {
        user: None,
        cookie: String::new(),
        csrf: String::new(),
    }
}

impl Site {
    pub(crate) async fn new() -> Self {
        let house = House::new().await;
        let service = service(house.app.clone(), here());
        Self { house, service }
    }

    /// Somebody new of a group, or of none.
    pub(crate) async fn person(&self, name: &str, group: &str) -> Browser {
        static HASH: OnceLock<String> = OnceLock::new();
        let (app, world) = (&self.house.app, &*self.house.world);
        let user = User {
            id: UserId::new(world),
            profile: Person {
                name,
                language: Language::En,
                zone: JAKARTA,
            }
            .profile(),
            is_superuser: group == "superuser",
            groups: Vec::new(),
            date_joined: world.now(),
            version: 1,
        };
        let hash = HASH.get_or_init(|| app.passwords.hash(world, PASSWORD.as_bytes()).unwrap());
        app.people.add_user(&user, hash).await.unwrap().unwrap();
        if matches!(group, "admin" | "organizer") {
            let all = Window::first(100);
            let groups = app.groups(&all).await.unwrap();
            let found = groups
                .entries
                .into_iter()
                .find(|known| known.name.as_str() == group);
            let group = match found {
                Some(group) => group,
                None => app.add_group(&GroupName::parse(group).unwrap()).await.unwrap(),
            };
            app.assign_role(user.id, group.id).await.unwrap();
        }
        self.log_in(name, Some(user.id)).await
    }

    /// A browser in which somebody just logged in.
    pub(crate) async fn log_in(&self, name: &str, user: Option<UserId>) -> Browser {
        let sent = [("username", name), ("password", PASSWORD)];
        let answer = self.post(&nobody(), "/login", &sent).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let cookie = answer.header(header::SET_COOKIE).split(';').next().unwrap();
        let mut browser = Browser {
            user,
            cookie: cookie.to_owned(),
            csrf: String::new(),
        };
        let page = self.get(&browser, "/").await;
        browser.csrf = hidden(&page.text, "csrf");
        browser
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        answered(self.service.clone().oneshot(request).await.unwrap()).await
    }

    pub(crate) async fn get(&self, browser: &Browser, path: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, &browser.cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// A form of our own page.
    pub(crate) async fn post(&self, browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, &browser.cookie)
            .header(header::ORIGIN, HERE)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let mut form = Serializer::new(String::new());
        form.extend_pairs(fields);
        if !browser.csrf.is_empty() {
            form.append_pair("csrf", &browser.csrf);
        }
        self.send(request.body(Body::from(form.finish())).unwrap()).await
    }

    /// Makes something with the form of its list; gives its id.
    pub(crate) async fn make(&self, browser: &Browser, list: &str, fields: &[(&str, &str)]) -> String {
        let once = self.once(browser, list).await;
        let all = [fields, &[("once", once.as_str())]].concat();
        let answer = self.post(browser, list, &all).await;
        assert_eq!(answer.status, 303, "{list}: {}", answer.text);
        let there = answer.header(header::LOCATION);
        let there = there.strip_prefix(list).unwrap().trim_start_matches('/');
        there.split('?').next().unwrap().to_owned()
    }

    /// What the form of a new thing says of itself, so that it is taken once.
    pub(crate) async fn once(&self, browser: &Browser, list: &str) -> String {
        let page = self.get(browser, &format!("{list}/new")).await;
        assert_eq!(page.status, 200, "{list}: {}", page.text);
        hidden(&page.text, "once")
    }

    /// That nothing was written since this was asked last.
    pub(crate) fn nothing_was_written(&self, what: &str) {
        assert!(self.house.meter().take_total().write < 0.1, "{what}");
    }
}
