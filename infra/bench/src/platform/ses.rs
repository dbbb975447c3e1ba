use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use axum::{
    body::Body,
    http::{StatusCode, header::HeaderName},
    response::{IntoResponse, Response},
};

/// How much may come early, in seconds: SES takes short bursts.
const BURST: f64 = 0.1;

/// SES's `SendEmail`: takes every mail at once, or no more than its rate.
#[derive(Debug, Default)]
pub(crate) struct Ses {
    rate: Option<f64>,
    mails: Mutex<Mails>,
}

/// What SES was asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mails {
    /// When each mail was taken.
    pub(crate) accepted: Vec<Instant>,
    pub(crate) throttled: u32,
    /// What may still come at `counted`, of a bucket that fills with the rate.
    left: f64,
    counted: Option<Instant>,
}

impl Ses {
    /// An SES that grants so many mails a second.
    pub(crate) fn at(rate: u32) -> Self {
        Self {
            rate: Some(f64::from(rate)),
            mails: Mutex::default(),
        }
    }

    pub(crate) fn mails(&self) -> Mails {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many mails were taken so far.
    pub(crate) fn taken(&self) -> usize {
        self.mails
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .accepted
            .len()
    }

    pub(crate) fn send(&self) -> Response {
        let now = Instant::now();
        let mut mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        if self.rate.is_some_and(|rate| !mails.granted(rate, now)) {
            mails.throttled += 1;
            let error = [(
                HeaderName::from_static("x-amzn-errortype"),
                "TooManyRequestsException",
            )];
            return (
                StatusCode::TOO_MANY_REQUESTS,
                error,
                Body::from(r#"{"message":"slower"}"#),
            )
                .into_response();
        }
        mails.accepted.push(now);
        // As long as SES's own, because it is a part of every message's row.
        let id = format!(
            "010e019a{:08x}-{0:08x}-4000-8000-{0:012x}-000000",
            mails.accepted.len()
        );
        let json = [(HeaderName::from_static("content-type"), "application/json")];
        (json, format!(r#"{{"MessageId":"{id}"}}"#)).into_response()
    }
}

impl Mails {
    fn granted(&mut self, rate: f64, now: Instant) -> bool {
        let full = (rate * BURST).max(1.0);
        let since = self.counted.map(|then| now.duration_since(then).as_secs_f64());
        self.left = since.map_or(full, |since| (self.left + since * rate).min(full));
        self.counted = Some(now);
        let is_granted = self.left >= 1.0;
        self.left -= f64::from(u8::from(is_granted));
        is_granted
    }
}
