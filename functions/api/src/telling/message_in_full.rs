use jiff::Timestamp;
use kabar_app::mailings::MailedMessage;
use kabar_domain::news::Notice;
use kabar_store::notices::Message;
use serde::Serialize;
use utoipa::ToSchema;

use super::{cause_view::CauseView, views::MessageView};

/// What one person was told, why it was they, and what the provider had to say of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct MessageInFull {
    #[serde(flatten)]
    message: MessageView,
    /// What the notice tells.
    #[schema(example = "outage")]
    kind: &'static str,
    cause: CauseView,
    /// The provider's name for it; null before it took it. Gateways may have none.
    #[schema(example = "0100019a2b3c4d5e-5f0c2f2d-0000-4e5d-8a9b-1c2d3e4f5a6b-000000")]
    provider_id: Option<String>,
    /// What is kept of what the provider did and said, in that order: when it took the message, and of all that it said
    /// afterwards what weighs most.
    events: Vec<ProviderEvent>,
}

/// Something that the provider did or said.
#[derive(Serialize, ToSchema)]
struct ProviderEvent {
    /// `sent`, `delivered`, `soft_bounce`, `hard_bounce` or `complaint`.
    #[schema(example = "delivered")]
    event: &'static str,
    /// Null where it was not kept, as it was not always.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
}

impl From<(Message, Notice)> for MessageInFull {
    fn from((message, notice): (Message, Notice)) -> Self {
        let sent = message.outcome.sent_at.map(|at| ProviderEvent {
            event: "sent",
            at: Some(at),
        });
        let said = message.answered.map(|(answer, at)| ProviderEvent {
            event: answer.name(),
            at,
        });
        let mailing = notice.news.mailing();
        Self {
            kind: notice.news.kind().name(),
            cause: (&notice).into(),
            provider_id: message.outcome.provider_id.clone(),
            events: sent.into_iter().chain(said).collect(),
            message: MailedMessage { mailing, message }.into(),
        }
    }
}
