use std::{
    collections::VecDeque,
    future::pending,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use kabar_courier::SmsChannel;
use serde_json::Value;

use crate::answer::{connecting, response};

/// What the gateway does instead of taking a text message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsFault {
    /// Answers 500 and has not taken it.
    Error,
    /// Does not answer and has not taken it.
    Hang,
    /// Takes it and answers 500.
    AcceptThenFail,
    /// Says that it is asked too fast.
    Throttle,
    /// Refuses this message for good.
    Reject,
}

/// A text message that the gateway took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Kabar's id of it.
    pub id: String,
    /// To which phone.
    pub phone: String,
    /// What it says.
    pub text: String,
}

/// An SMS gateway that keeps the messages it takes and fails when told to.
#[derive(Clone, Default)]
pub struct Gateway(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    taken: Vec<Text>,
    faults: VecDeque<SmsFault>,
}

impl Gateway {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Text messages through this gateway.
    #[must_use]
    pub fn channel(&self) -> SmsChannel {
        let gateway = self.clone();
        let connector = connecting(move |request| {
            let gateway = gateway.clone();
            let asked = serde_json::from_slice(request.body().bytes().unwrap_or_default());
            async move { gateway.answer(&asked.unwrap_or_default()).await }
        });
        SmsChannel::new(connector, "https://sms.example.com", "a-token").expect("a gateway")
    }

    async fn answer(&self, request: &Value) -> HttpResponse {
        let fault = {
            let mut state = self.state();
            let fault = state.faults.pop_front();
            if matches!(fault, None | Some(SmsFault::AcceptThenFail)) {
                let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
                state.taken.push(Text {
                    id: text("id"),
                    phone: text("phone"),
                    text: text("text"),
                });
            }
            fault
        };
        match fault {
            None => response(200, r#"{"id":"taken"}"#),
            Some(SmsFault::Error | SmsFault::AcceptThenFail) => response(500, "{}"),
            Some(SmsFault::Hang) => pending().await,
            Some(SmsFault::Throttle) => response(429, "{}"),
            Some(SmsFault::Reject) => response(422, "{}"),
        }
    }

    /// Meets the next `times` messages with this fault, after those that were said before.
    pub fn fail(&self, fault: SmsFault, times: usize) {
        self.state().faults.extend(std::iter::repeat_n(fault, times));
    }

    /// The messages that it took, in order.
    #[must_use]
    pub fn texts(&self) -> Vec<Text> {
        self.state().taken.clone()
    }
}
