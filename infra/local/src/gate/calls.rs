//! How often each service was asked for what, as tests want to know it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use super::Gate;
use super::faults::Service;

/// Locks; what a panicking thread left behind is still only counters and lists.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What became of the mails that SES was asked to send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct SesCounts {
    pub(super) asked: u64,
    pub(super) accepted: u64,
    pub(super) throttled: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Counts {
    calls: BTreeMap<&'static str, BTreeMap<String, u64>>,
    ses: SesCounts,
}

/// Counters of calls since the start or the last `DELETE`.
#[derive(Default)]
pub(super) struct Calls {
    counts: Mutex<Counts>,
}

impl Calls {
    pub(super) fn count(&self, service: Service, operation: &str) {
        let name = match service {
            Service::Ses => "ses",
            Service::Dynamodb => "dynamodb",
            Service::Sqs => "sqs",
            Service::S3 => "s3",
            Service::Sms => "sms",
            Service::Telegram => "telegram",
        };
        let mut counts = lock(&self.counts);
        *counts
            .calls
            .entry(name)
            .or_default()
            .entry(operation.to_owned())
            .or_default() += 1;
    }

    pub(super) fn count_mail(&self, change: impl FnOnce(&mut SesCounts)) {
        change(&mut lock(&self.counts).ses);
    }
}

/// `GET /_local/calls`.
pub(super) async fn read(State(gate): State<Gate>) -> Json<Counts> {
    Json(lock(&gate.shared.calls.counts).clone())
}

/// `DELETE /_local/calls`.
pub(super) async fn clear(State(gate): State<Gate>) -> StatusCode {
    *lock(&gate.shared.calls.counts) = Counts::default();
    StatusCode::NO_CONTENT
}
