use std::{ops::Deref, sync::Arc};

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use kabar_courier::SmsChannel;
use serde_json::Value;

use crate::{
    Provider,
    answer::{connector, response},
    provider::Said,
};

/// Where it is, and by what it knows us.
const URL: &str = "https://sms.test/v1";
const TOKEN: &str = "a-token-for-tests";

/// A text message that the gateway took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextMessage {
    /// What Kabar calls it.
    pub id: String,
    /// To whom.
    pub phone: String,
    /// What it says.
    pub text: String,
}

/// A gateway that keeps the text messages it takes and fails when told to. Like all of them it takes a message that comes
/// again.
#[derive(Clone, Default)]
pub struct SmsGateway(Arc<Provider<TextMessage>>);

impl Deref for SmsGateway {
    type Target = Provider<TextMessage>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl SmsGateway {
    /// Text messages through this gateway.
    #[must_use]
    pub fn channel(&self) -> SmsChannel {
        let gateway = self.clone();
        let connector = connector(move |request| {
            let gateway = gateway.clone();
            async move { gateway.answer(&request).await }
        });
        SmsChannel::new(connector, URL, TOKEN).expect("a gateway")
    }

    async fn answer(&self, request: &HttpRequest) -> HttpResponse {
        if request.headers().get("authorization") != Some(&format!("Bearer {TOKEN}")) {
            return response(401, "");
        }
        let message = text_message(request).expect("a message of the form of SPEC §7");
        let id = message.id.clone();
        match self.ask(message).await {
            Said::Taken => response(200, format!(r#"{{"id": "gateway-{id}"}}"#)),
            Said::TooFast => response(429, ""),
            Said::Broken => response(500, ""),
            Said::NotNow => response(403, ""),
            Said::Never => response(400, ""),
        }
    }
}

fn text_message(request: &HttpRequest) -> Option<TextMessage> {
    let body: Value = serde_json::from_slice(request.body().bytes()?).ok()?;
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    let message = TextMessage {
        id: text("id")?,
        phone: text("phone")?,
        text: text("text")?,
    };
    let is_ours = request.method() == "POST" && request.uri() == format!("{URL}/send/{}", message.id);
    is_ours.then_some(message)
}
