//! A console over a house of the testkit, for whoever comes.

use axum::{Router, body::Body, http::Request};
use kabar_app::{App, Secrets};
use kabar_console::service;
use kabar_domain::{ids::UserId, people::Role};
use kabar_testkit::House;
use tower::ServiceExt;

use crate::{
    browser::Browser,
    common::{Answer, answered, here},
    people::account,
};

pub(crate) struct Site {
    pub(crate) house: House,
    service: Router,
}

impl Site {
    pub(crate) async fn new() -> Self {
        let house = House::new().await;
        let service = service(house.app.clone(), here());
        Self { house, service }
    }

    /// A console whose secrets cannot be read, over the same house.
    pub(crate) fn without_secrets(&self) -> Browser {
        let secrets = Secrets::new(|| std::future::ready(Err("no answer".into())));
        let app = self.house.app.clone();
        Browser::on(service(App { secrets, ..app }, here()))
    }

    /// Whoever is not logged in.
    pub(crate) fn nobody(&self) -> Browser {
        Browser::on(self.service.clone())
    }

    /// Somebody new with roles, or without.
    pub(crate) async fn person(&self, name: &str, roles: &[Role]) -> Browser {
        let user = account(&self.house, name, roles).await;
        self.log_in(name, Some(user)).await
    }

    /// A browser in which somebody just logged in.
    pub(crate) async fn log_in(&self, name: &str, user: Option<UserId>) -> Browser {
        self.nobody().log_in(name, user).await
    }

    /// What no browser sends.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        answered(self.service.clone().oneshot(request).await.unwrap()).await
    }

    /// That nothing was written since this was asked last.
    pub(crate) fn nothing_was_written(&self, what: &str) {
        assert!(self.house.meter().take_total().write < 0.1, "{what}");
    }
}
