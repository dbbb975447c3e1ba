//! Transactions, and updates, that meet another transaction, which the engine never has happen by itself.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use aws_smithy_runtime_api::{
    client::{
        http::{
            HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
            SharedHttpConnector, http_client_fn,
        },
        orchestrator::{HttpRequest, HttpResponse},
        runtime_components::RuntimeComponents,
    },
    http::StatusCode,
};
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

/// How many of the next transactions, and of the next updates, meet another transaction and are refused.
#[derive(Clone, Default)]
pub struct Conflicts {
    transactions: Arc<AtomicU32>,
    updates: Arc<AtomicU32>,
}

impl Conflicts {
    /// Has so many of the next transactions cancelled.
    pub fn set(&self, count: u32) {
        self.transactions.store(count, Ordering::Relaxed);
    }

    /// Has so many of the next updates of single items refused.
    pub fn set_updates(&self, count: u32) {
        self.updates.store(count, Ordering::Relaxed);
    }

    /// How many are still to come.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.transactions.load(Ordering::Relaxed) + self.updates.load(Ordering::Relaxed)
    }

    fn take(of: &AtomicU32) -> bool {
        let one_less = |left: u32| left.checked_sub(1);
        of.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less)
            .is_ok()
    }

    /// A client that asks `inner`, unless a conflict is to come.
    pub(crate) fn before(&self, inner: SharedHttpClient) -> SharedHttpClient {
        let conflicts = self.clone();
        http_client_fn(
            move |settings: &HttpConnectorSettings, components: &RuntimeComponents| {
                SharedHttpConnector::new(Connector {
                    conflicts: conflicts.clone(),
                    inner: inner.http_connector(settings, components),
                })
            },
        )
    }
}

struct Connector {
    conflicts: Conflicts,
    inner: SharedHttpConnector,
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let operation = request.headers().get("x-amz-target").unwrap_or_default();
        let Conflicts {
            transactions,
            updates,
        } = &self.conflicts;
        if operation.ends_with(".TransactWriteItems") && Conflicts::take(transactions) {
            HttpConnectorFuture::ready(Ok(refused(&cancelled())))
        } else if operation.ends_with(".UpdateItem") && Conflicts::take(updates) {
            HttpConnectorFuture::ready(Ok(refused(&met_a_transaction())))
        } else {
            self.inner.call(request)
        }
    }
}

/// As `DynamoDB` says it: a reason for each item, of which one is enough.
fn cancelled() -> Value {
    json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "CancellationReasons": [{ "Code": "TransactionConflict" }],
        "Message": "Transaction cancelled [TransactionConflict]",
    })
}

/// What an update of an item is told that a transaction is at.
fn met_a_transaction() -> Value {
    json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionConflictException",
        "message": "Transaction is ongoing for the item",
    })
}

fn refused(body: &Value) -> HttpResponse {
    let status = StatusCode::try_from(400).expect("an HTTP status");
    HttpResponse::new(status, SdkBody::from(body.to_string()))
}
