use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use aws_smithy_types::body::SdkBody;
use http::{
    HeaderValue, Request,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use kabar_domain::{ids::MessageId, mailings::Phone};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{Refused, web};

/// The longest name of a gateway's own that is kept, in characters.
const LONGEST_NAME: usize = 128;

/// Text messages through an HTTP gateway (SPEC §7).
#[derive(Clone)]
pub struct SmsChannel {
    connector: SharedHttpConnector,
    /// Without a slash at its end.
    url: String,
    authorization: HeaderValue,
}

/// Why a gateway cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoGateway(&'static str);

impl SmsChannel {
    /// How long a gateway may take for a message, connecting included. One that needs longer is hanging.
    pub const LONGEST_TRY: Duration = Duration::from_secs(10);

    /// Whether a token may be sent to a gateway at this URL.
    ///
    /// # Errors
    /// When others could read it on its way, or the URL is none.
    pub fn check(url: &str) -> Result<(), NoGateway> {
        if web::is_safe(url) {
            return Ok(());
        }
        Err(NoGateway(
            "the URL of the SMS gateway must be https, or http on this very machine, and nothing after the path",
        ))
    }

    /// Messages through the gateway at this URL, which knows us by this token. The connector sets how long it may take to
    /// connect, and follows no redirects.
    ///
    /// # Errors
    /// As [`Self::check`], and when the token is none that a header can carry.
    pub fn new(connector: SharedHttpConnector, url: &str, token: &str) -> Result<Self, NoGateway> {
        Self::check(url)?;
        let token = token.trim();
        let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        let authorization = HeaderValue::try_from(format!("Bearer {token}"));
        let mut authorization = authorization
            .ok()
            .filter(|_| is_token)
            .ok_or(NoGateway("the token of the SMS gateway must be visible ASCII"))?;
        authorization.set_sensitive(true);
        Ok(Self {
            connector,
            url: url.trim_end_matches('/').to_owned(),
            authorization,
        })
    }

    /// Sends a text to a phone; returns the gateway's name for the message, or an empty one if it says none. The gateway
    /// is told ours, so that it can know a message that comes again.
    ///
    /// # Errors
    /// When the gateway did not take it, or nobody knows whether it did. No error says the phone, the text or the token,
    /// nor what the gateway says of them.
    pub async fn send(&self, to: &Phone, message: MessageId, text: &str) -> Result<String, Refused> {
        let body = json!({ "id": message.to_string(), "phone": to.as_str(), "text": text }).to_string();
        let request = Request::post(format!("{}/send/{message}", self.url))
            .header(AUTHORIZATION, &self.authorization)
            .header(CONTENT_TYPE, "application/json")
            .body(SdkBody::from(body));
        let end = Instant::now() + Self::LONGEST_TRY;
        let answer = web::call(&self.connector, request, end).await?;
        classify(answer.status().as_u16())?;
        // The gateway has the message, whatever else it says, and however long it takes for that.
        let body = web::read(answer.into_body(), end).await;
        Ok(body.and_then(|body| name_in(&body)).unwrap_or_default())
    }
}

/// Only a 2xx is success. Only what the gateway says of this very message ends it; who we are, where the gateway is and
/// whether it redirects are an operator's to mend, and the message waits for that until its deadline.
fn classify(status: u16) -> Result<(), Refused> {
    let said = format!("answered {status}");
    match status {
        200..=299 => Ok(()),
        429 => Err(Refused::Throttled(None)),
        300..=399 | 401 | 403 | 404 => Err(Refused::Later(said)),
        400..=499 if status != 408 => Err(Refused::ForGood(said)),
        _ => Err(Refused::Unknown(said)),
    }
}

/// The gateway's name for the message in its answer.
fn name_in(answer: &[u8]) -> Option<String> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    let name = match answer.get("id").or_else(|| answer.get("message_id"))? {
        Value::String(name) => name.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let is_kept = name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    is_kept.then_some(name)
}
