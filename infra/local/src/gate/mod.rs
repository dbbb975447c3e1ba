//! The front door: the app as its users see it, and under `/_local/` what left the system and what may fail.

mod answers;
mod app;
mod aws;
mod calls;
mod fault_routes;
mod faults;
mod feedback;
mod health;
mod invoke;
mod mail;
mod options;
mod outbox;
mod outbox_routes;
mod page;
mod played;
mod s3;
mod ses;
mod sms;
mod telegram;

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::routing::{any, get, post};
use reqwest::redirect;

use crate::cloud::{Cloud, IDLE};
use crate::deploy::Deployed;
use crate::error::{Explain, Result};
use crate::secrets::Secrets;

use calls::Calls;
use faults::Faults;
use outbox::Outbox;

/// Everything the gate's handlers share.
#[derive(Clone)]
pub(crate) struct Gate {
    shared: Arc<Shared>,
}

struct Shared {
    cloud: Cloud,
    /// Where DynamoDB is.
    database: String,
    http: reqwest::Client,
    outbox: Outbox,
    faults: Faults,
    calls: Calls,
    /// What it knows whoever sends by.
    secrets: Secrets,
    /// Set once the stack is deployed; until then there is no app to pass requests to.
    app: OnceLock<Deployed>,
}

impl Gate {
    /// A gate before the given emulator and database, whose SMS gateway and Bot API know these secrets.
    pub(crate) fn new(cloud: Cloud, database: &str, secrets: Secrets) -> Result<Self> {
        // A redirect is the caller's business, and so is how long to wait.
        let http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .pool_idle_timeout(IDLE)
            .build();
        let shared = Shared {
            cloud,
            database: database.to_owned(),
            http: http.explain(|| "Cannot make an HTTP client".to_owned())?,
            outbox: Outbox::default(),
            faults: Faults::default(),
            calls: Calls::default(),
            secrets,
            app: OnceLock::new(),
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// From here on requests reach the app.
    pub(crate) fn open(&self, deployed: Deployed) {
        // A stack is deployed once, so a second value cannot come.
        let _ = self.shared.app.set(deployed);
    }

    /// All routes; whatever is not the gate's own is the app's.
    pub(crate) fn router(self) -> Router {
        Router::new()
            .route("/_local", get(page::redirect))
            .route("/_local/", get(page::page))
            .route("/_local/page.css", get(page::style))
            .route("/_local/page.js", get(page::script))
            .route("/_local/health", get(health::read))
            .route(
                "/_local/outbox",
                get(outbox_routes::list).delete(outbox_routes::clear),
            )
            .route("/_local/outbox/{id}/feedback", post(feedback::say))
            .route(
                "/_local/faults",
                get(fault_routes::list)
                    .post(fault_routes::add)
                    .delete(fault_routes::clear),
            )
            .route("/_local/calls", get(calls::read).delete(calls::clear))
            .route("/_local/invoke/{function}", post(invoke::invoke))
            .route("/_local/sms/send/{id}", post(sms::send))
            .route("/_local/telegram/say", post(telegram::say))
            .route(
                "/_local/telegram/{bot}/{method}",
                post(telegram::call).get(telegram::call),
            )
            .route("/_local/aws/ses/v2/email/outbound-emails", post(ses::send_email))
            .route("/_local/aws/{service}", any(aws::pass))
            .route("/_local/aws/{service}/", any(aws::pass))
            .route("/_local/aws/{service}/{*path}", any(aws::pass))
            .fallback(app::pass)
            .with_state(self)
    }
}

/// Largest body the gate takes: SES's limit for a message.
const LARGEST_BODY: usize = 40 * 1024 * 1024;
