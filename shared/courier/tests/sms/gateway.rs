//! A gateway that is sent text messages.

use kabar_courier::{Refused, SmsChannel};
use kabar_domain::{ids::MessageId, mailings::Phone};

pub(crate) use crate::server::{Act, Gateway, answer};

pub(crate) const TOKEN: &str = "a-token-that-nobody-may-see";
pub(crate) const PHONE: &str = "79161234567";
pub(crate) const MESSAGE: &str = "01990000-0000-7000-8000-000000000101";

impl Gateway {
    /// A channel to it.
    pub(crate) fn channel(&self) -> SmsChannel {
        channel(&self.url)
    }
}

/// A channel as sms-sender makes it.
pub(crate) fn channel(url: &str) -> SmsChannel {
    SmsChannel::new(kabar_kit::web(url), url, TOKEN).expect("a gateway")
}

/// Sends somebody something.
pub(crate) async fn send(channel: &SmsChannel) -> Result<String, Refused> {
    let phone = Phone::parse(PHONE).expect("a phone");
    let message = MessageId::parse(MESSAGE).expect("an id");
    channel.send(&phone, message, "The power is back").await
}
