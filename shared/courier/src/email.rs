use std::time::Duration;

use aws_sdk_sesv2::{
    Client,
    config::{retry::RetryConfig, timeout::TimeoutConfig},
    error::{ProvideErrorMetadata, SdkError},
    operation::send_email::SendEmailError,
    primitives::Blob,
    types::{Destination, EmailContent, MessageTag, RawMessage},
};
use kabar_domain::{ids::MessageId, people::Email};

use crate::{OnUse, Refused, feedback::MESSAGE_TAG};

/// Mail through Amazon SES.
#[derive(Clone)]
pub struct EmailChannel {
    client: OnUse<Client>,
    from: String,
    /// By which SES publishes what becomes of a mail.
    configuration_set: String,
}

impl EmailChannel {
    /// SES answers in 50 ms; one that has not answered after this is hanging, and the person waits for their news.
    pub const LONGEST_TRY: Duration = Duration::from_secs(5);

    /// Mail from this sender, by this configuration set. Every try is ours to count, so the SDK makes only one of each.
    #[must_use]
    pub fn new(config: &aws_sdk_sesv2::Config, from: String, configuration_set: String) -> Self {
        let timeouts = TimeoutConfig::builder()
            .operation_timeout(Self::LONGEST_TRY)
            .build();
        let config = config
            .to_builder()
            .retry_config(RetryConfig::disabled())
            .timeout_config(timeouts)
            .build();
        Self {
            client: OnUse::new(|| Client::from_conf(config)),
            from,
            configuration_set,
        }
    }

    /// Who the mail is from.
    #[must_use]
    pub fn from(&self) -> &str {
        &self.from
    }

    /// Sends a MIME message to one person; returns SES's name for it. What SES says of it later names `message`.
    ///
    /// # Errors
    /// When SES did not take it, or nobody knows whether it did.
    pub async fn send(&self, to: &Email, message: MessageId, mime: Vec<u8>) -> Result<String, Refused> {
        let unmade = |e: aws_sdk_sesv2::error::BuildError| Refused::ForGood(e.to_string());
        let raw = RawMessage::builder()
            .data(Blob::new(mime))
            .build()
            .map_err(unmade)?;
        let tag = MessageTag::builder().name(MESSAGE_TAG).value(message.to_string());
        let sent = self
            .client
            .send_email()
            .from_email_address(&self.from)
            .destination(Destination::builder().to_addresses(to.as_str()).build())
            .content(EmailContent::builder().raw(raw).build())
            .configuration_set_name(&self.configuration_set)
            .email_tags(tag.build().map_err(unmade)?)
            .send()
            .await;
        match sent {
            Ok(answer) => Ok(answer.message_id.unwrap_or_default()),
            Err(error) => Err(classify(&error)),
        }
    }
}

/// Only what SES says of this very message ends it. What it says of the account (paused, not verified, over its
/// daily quota) is an operator's to mend, and the message waits for that until its deadline.
fn classify<R>(error: &SdkError<SendEmailError, R>) -> Refused {
    let code = error.code().unwrap_or_default();
    match error {
        SdkError::ServiceError(service) => match service.err() {
            SendEmailError::TooManyRequestsException(_) => Refused::Throttled(None),
            SendEmailError::MessageRejected(_) | SendEmailError::BadRequestException(_) => {
                Refused::ForGood(code.to_owned())
            }
            SendEmailError::LimitExceededException(_)
            | SendEmailError::AccountSuspendedException(_)
            | SendEmailError::SendingPausedException(_)
            | SendEmailError::MailFromDomainNotVerifiedException(_)
            | SendEmailError::NotFoundException(_) => Refused::Later(code.to_owned()),
            _ if code.contains("Throttling") => Refused::Throttled(None),
            _ if code.starts_with("AccessDenied") => Refused::Later(code.to_owned()),
            _ => Refused::Unknown(if code.is_empty() {
                "server error".to_owned()
            } else {
                code.to_owned()
            }),
        },
        SdkError::ConstructionFailure(_) => Refused::ForGood("the request cannot be made".to_owned()),
        SdkError::TimeoutError(_) => Refused::Unknown("no answer in time".to_owned()),
        SdkError::DispatchFailure(failure) if failure.is_io() || failure.is_timeout() => {
            Refused::Unknown("connection lost".to_owned())
        }
        _ => Refused::Unknown("no usable answer".to_owned()),
    }
}
