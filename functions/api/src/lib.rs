//! Every JSON route of Kabar.
//!
//! [`routes`] is the whole URL space; a route's handler is in the module of its area, and the first thing in its
//! signature says who may call it. What all routes share (problems, cursors, entity tags, idempotency) is in
//! [`frame`].

mod docs;
mod events;
pub mod frame;
mod mailings;
mod openapi;
mod operators;
mod origins;
mod people;
mod power;
mod routes;
mod telegram;
mod telling;
mod wiring;

use std::sync::Arc;

use axum::{Router, http::header, middleware};
use kabar_app::App;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

pub use openapi::document;
pub use origins::origins;
pub use routes::{Route, routes};
pub use wiring::Wiring;

/// What handlers are given. Each route keeps one, and each request takes several: it is cheap to clone.
#[derive(Clone)]
pub struct Api {
    pub(crate) app: Arc<App>,
}

/// The service: all routes with what they share. `origins` may call it from browsers.
pub fn service(app: impl Into<Arc<App>>, origins: Vec<axum::http::HeaderValue>) -> Router {
    let api = Api { app: app.into() };
    let mut router = Router::new();
    for (route, handler) in routes() {
        let handler = match route.is_once {
            // Not for a method that does not apply here: that is refused whatever its key.
            true => handler.route_layer(middleware::from_fn_with_state(api.clone(), frame::once)),
            false => handler,
        };
        router = router.route(route.path, handler);
    }
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods(Any)
        .allow_headers(Any)
        .expose_headers([
            axum::http::HeaderName::from_static("x-data-source"),
            header::ETAG,
            header::LINK,
            header::RETRY_AFTER,
            frame::REQUEST_ID,
        ]);
    let router = router
        .merge(docs::pages())
        // A layer is put around each route, at each start: this one has to be, for the log says which route it was.
        .layer(middleware::from_fn_with_state(api.clone(), frame::finish))
        .with_state(api);
    // Outermost, and once. It answers every OPTIONS itself, which is neither logged nor given an id.
    frame::either_slash(router).layer(cors)
}
