//! Kabar in a browser: everything that the API knows and does, and public pages of each region's power.
//!
//! Pages are made on the server and whole without a script. [`routes`] is the URL space. Whatever needs a log-in asks the
//! JSON API, in this process ([`web::Api`]): what that refuses is refused here, and what it can do can be done here. Kinds
//! of things are described once each (`entities`), and shown, filtered, made, changed and removed by the same few `pages`.

mod account;
mod answer;
mod asked;
mod brake;
mod calendar;
mod charts;
mod entities;
mod entity;
mod finish;
mod held;
mod import;
mod language;
mod letters;
mod mailing;
mod me;
mod overview;
mod pages;
mod past;
mod routes;
mod sale;
mod site;
mod status;
mod uploads;
mod web;
mod why;
mod words;

use std::sync::Arc;

use axum::{Router, middleware};
use kabar_api::frame::either_slash;
use kabar_app::{App, power::Board};

pub use routes::{Route, routes};
pub use site::Site;
pub use web::Rule;

/// What handlers are given. Each route keeps one, and each request takes several: it is cheap to clone.
#[derive(Clone)]
pub struct Console {
    pub(crate) app: Arc<App>,
    pub(crate) api: web::Api,
    pub(crate) board: Arc<Board>,
    pub(crate) site: Arc<Site>,
}

/// The service: all pages, with what they share.
pub fn service(app: App, site: Site) -> Router {
    let board = Arc::new(app.board());
    let app = Arc::new(app);
    let console = Console {
        api: web::Api::of(&app),
        board,
        app,
        site: Arc::new(site),
    };
    let mut router = Router::new();
    for (route, handler) in routes() {
        router = router.route(&route.path, handler);
    }
    let router = router
        .method_not_allowed_fallback(web::shown::no_such_method)
        .fallback(answer::no_such_page)
        .layer(middleware::from_fn_with_state(console.clone(), finish::finish))
        .with_state(console);
    either_slash(router)
}
