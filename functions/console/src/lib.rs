//! Pages for people: of each region, whether it has power, and what was.
//!
//! Made on the server, whole without a script, with nothing from elsewhere. [`routes`] is the URL space; all of it is for
//! anyone, so it says nothing that `GET /api/regions/` and `GET /api/outages/` do not say to anyone.

mod answer;
mod asked;
mod finish;
mod language;
mod routes;
mod site;
mod status;
mod words;

use axum::{Router, middleware};
use kabar_app::power::Board;

pub use routes::routes;
pub use site::Site;

/// What handlers are given.
#[derive(Clone)]
pub struct Console {
    pub(crate) board: Board,
    pub(crate) site: Site,
}

/// The service: all pages, with what they share.
pub fn service(board: Board, site: Site) -> Router {
    let console = Console { board, site };
    let mut router = Router::new();
    for (path, handler) in routes() {
        router = router.route(path, handler);
    }
    router
        .fallback(answer::no_such_page)
        .layer(middleware::from_fn_with_state(console.clone(), finish::finish))
        .with_state(console)
}
