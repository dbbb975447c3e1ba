use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use kabar_app::App;
use kabar_courier::Canary;
use kabar_domain::power::Says;

use crate::answer::{connector, response};

/// Where devices call.
const URL: &str = "https://kabar.test";

/// The way from devices to our intake, which a test can block.
#[derive(Clone, Debug, Default)]
pub struct Road(Arc<AtomicBool>);

impl Road {
    /// Whether nobody gets through.
    pub fn set_blocked(&self, is_blocked: bool) {
        self.0.store(is_blocked, Ordering::Relaxed);
    }

    /// Whether nobody gets through.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Our own device, at this end of the road.
    pub(crate) fn canary(&self, app: &App) -> Canary {
        let (road, app) = (self.clone(), app.clone());
        let connector = connector(move |request| {
            let key = request
                .uri()
                .strip_prefix(URL)
                .and_then(|path| path.strip_prefix("/ping/"));
            let key = key.map(str::to_owned);
            let (road, app) = (road.clone(), app.clone());
            async move {
                let Some(key) = key.filter(|_| !road.is_blocked()) else {
                    return response(503, "");
                };
                match app.ping(&key, Says::Alive).await {
                    Ok(()) => response(204, ""),
                    Err(_) => response(404, ""),
                }
            }
        });
        Canary::new(connector, URL)
    }
}
