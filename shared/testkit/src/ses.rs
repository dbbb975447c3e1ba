use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use aws_sdk_sesv2::Config;
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use kabar_courier::EmailChannel;
use mail_parser::MessageParser;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::answer::{Answer, answering, config};

/// What SES does instead of taking a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Says that it is asked too fast.
    Throttle,
    /// Answers 500 and has not taken it.
    Error,
    /// Does not answer and has not taken it.
    Hang,
    /// Takes it and answers 500.
    AcceptThenFail,
    /// Takes it and does not answer.
    AcceptThenHang,
    /// Takes it and answers when [`Ses::answer_late`] is called.
    Late,
    /// Says that the account may not send now.
    Pause,
    /// Refuses this mail for good.
    Reject,
}

/// A mail that SES took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its plain text.
    pub text: String,
    /// Its HTML.
    pub html: String,
    /// Its Message-ID.
    pub message_id: String,
    /// All of it, as it was sent.
    pub raw: Vec<u8>,
}

impl Mail {
    /// The code in it, if it has one: the line that is one word as long as that.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        let is_code = |line: &&str| line.len() == 64 && !line.contains(' ');
        self.text.lines().map(str::trim).find(is_code)
    }
}

/// An SES that keeps the mails it takes and fails when told to.
#[derive(Clone)]
pub struct Ses(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    calls: watch::Sender<u32>,
    may_answer: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    taken: Vec<Mail>,
    faults: VecDeque<Fault>,
    always: Option<Fault>,
}

impl Default for Ses {
    fn default() -> Self {
        Self(Arc::new(Shared {
            state: Mutex::default(),
            calls: watch::Sender::new(0),
            may_answer: watch::Sender::new(false),
        }))
    }
}

impl Ses {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Mail through this SES.
    #[must_use]
    pub fn channel(&self) -> EmailChannel {
        let ses = self.clone();
        let http = answering(move |request| {
            let ses = ses.clone();
            async move { ses.answer(&request).await }
        });
        EmailChannel::new(
            &Config::new(&config("http://ses.test", http)),
            "Kabar <kabar@example.com>".to_owned(),
            "kabar".to_owned(),
        )
    }

    async fn answer(&self, request: &Value) -> Answer {
        self.0.calls.send_modify(|calls| *calls += 1);
        let fault = {
            let mut state = self.state();
            let fault = state.faults.pop_front().or(state.always);
            let takes = matches!(
                fault,
                None | Some(Fault::AcceptThenFail | Fault::AcceptThenHang | Fault::Late)
            );
            if takes {
                state.taken.push(mail(request));
            }
            fault
        };
        match fault {
            None => Answer::ok(json!({ "MessageId": "taken" })),
            Some(Fault::Throttle) => Answer::error(429, "TooManyRequestsException"),
            Some(Fault::Error | Fault::AcceptThenFail) => Answer::error(500, "InternalFailure"),
            Some(Fault::Pause) => Answer::error(400, "SendingPausedException"),
            Some(Fault::Reject) => Answer::error(400, "MessageRejected"),
            Some(Fault::Late) => {
                let mut may_answer = self.0.may_answer.subscribe();
                let _ = may_answer.wait_for(|may| *may).await;
                Answer::ok(json!({ "MessageId": "late" }))
            }
            Some(Fault::Hang | Fault::AcceptThenHang) => std::future::pending().await,
        }
    }

    /// Does this instead of taking the next `times` mails, after the faults that were asked for before.
    pub fn fail(&self, fault: Fault, times: usize) {
        self.state().faults.extend(std::iter::repeat_n(fault, times));
    }

    /// Does this to every mail for which nothing else was asked; or takes them again.
    pub fn always(&self, fault: Option<Fault>) {
        self.state().always = fault;
    }

    /// Answers those who were to be answered [`Fault::Late`].
    pub fn answer_late(&self) {
        self.0.may_answer.send_replace(true);
    }

    /// The mails that were taken, in order.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.state().taken.clone()
    }

    /// How many mails were taken for this address.
    #[must_use]
    pub fn mails_to(&self, address: &str) -> usize {
        self.state()
            .taken
            .iter()
            .filter(|mail| mail.to == address)
            .count()
    }

    /// How often SES was asked.
    #[must_use]
    pub fn calls(&self) -> u32 {
        *self.0.calls.borrow()
    }

    /// Waits until SES was asked `times` times in all.
    pub async fn asked(&self, times: u32) {
        let mut calls = self.0.calls.subscribe();
        calls
            .wait_for(|calls| *calls >= times)
            .await
            .expect("the sender lives in self");
    }
}

fn mail(request: &Value) -> Mail {
    let raw = request["Content"]["Raw"]["Data"].as_str().expect("a raw message");
    let raw = BASE64.decode(raw).expect("base64");
    let parsed = MessageParser::default().parse(&raw).expect("a MIME message");
    let to = request["Destination"]["ToAddresses"][0]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    Mail {
        to,
        subject: parsed.subject().unwrap_or_default().to_owned(),
        text: parsed.body_text(0).unwrap_or_default().into_owned(),
        html: parsed.body_html(0).unwrap_or_default().into_owned(),
        message_id: parsed.message_id().unwrap_or_default().to_owned(),
        raw,
    }
}
