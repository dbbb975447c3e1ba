use std::{ops::Deref, sync::Arc};

use aws_sdk_sesv2::Config;
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use kabar_courier::EmailChannel;
use mail_parser::MessageParser;
use serde_json::{Value, json};

use crate::{
    Provider,
    answer::{Answer, answering, config},
    provider::Said,
};

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
#[derive(Clone, Default)]
pub struct Ses(Arc<Provider<Mail>>);

impl Deref for Ses {
    type Target = Provider<Mail>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Ses {
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
        match self.ask(mail(request)).await {
            Said::Taken => Answer::ok(json!({ "MessageId": "taken" })),
            Said::TooFast => Answer::error(429, "TooManyRequestsException"),
            Said::Broken => Answer::error(500, "InternalFailure"),
            Said::NotNow => Answer::error(400, "SendingPausedException"),
            Said::Never => Answer::error(400, "MessageRejected"),
        }
    }

    /// The mails that were taken, in order.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.taken()
    }

    /// How many mails were taken for this address.
    #[must_use]
    pub fn mails_to(&self, address: &str) -> usize {
        self.taken().iter().filter(|mail| mail.to == address).count()
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
