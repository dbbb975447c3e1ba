use std::collections::BTreeMap;

use jiff::Timestamp;
use kabar_app::mailings::MailedMessage;
use kabar_domain::news::{Audience, Status};
use kabar_store::notices::Told;
use serde::Serialize;
use utoipa::ToSchema;

use super::cause_view::CauseView;

/// What was to be told to whom, and what became of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Notice)]
pub(crate) struct NoticeView {
    id: String,
    /// `outage`, `restored`, `home_outage`, `home_restored`, `password_reset`, `registration`, `registration_changed`,
    /// `registration_cancelled`, `payment`, `event_changed`, `reminder`, `mailing` or `test`.
    #[schema(example = "outage")]
    kind: &'static str,
    /// The queue it takes: `urgent`, `bulk`, `sms` or `telegram`.
    #[schema(example = "urgent")]
    lane: &'static str,
    #[serde(flatten)]
    cause: CauseView,
    /// The one person who is told, if it is one.
    user: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Nobody is told before.
    #[schema(value_type = String, format = DateTime)]
    not_before: Timestamp,
    /// Nobody is told after.
    #[schema(value_type = String, format = DateTime)]
    deadline: Timestamp,
    /// `planning`, `sending` or `done`.
    #[schema(example = "done")]
    status: &'static str,
    /// How many people it is for, as far as it is planned.
    people: u32,
    /// How many were told.
    told: u32,
    /// Messages by status; in a list, as of the last turn of each page.
    counts: BTreeMap<&'static str, u32>,
    /// Messages sent again after a crash or a lost answer, so that the first sending may have arrived as well.
    in_doubt: u32,
}

impl From<Told> for NoticeView {
    fn from(Told { notice, plan, tally }: Told) -> Self {
        let user = match notice.audience {
            Audience::Person(id) => Some(id.to_string()),
            _ => None,
        };
        let open = plan.people.saturating_sub(tally.ended());
        let counts = Status::ALL
            .map(|status| (status.name(), tally.count(status)))
            .into();
        Self {
            id: notice.id.to_string(),
            kind: notice.news.kind().name(),
            lane: notice.lane().name(),
            cause: (&notice).into(),
            user,
            created_at: notice.created_at,
            not_before: notice.not_before,
            deadline: notice.deadline,
            status: match (plan.is_complete, open) {
                (false, _) => "planning",
                (true, 0) => "done",
                (true, _) => "sending",
            },
            people: plan.people,
            told: tally.told(),
            counts,
            in_doubt: tally.in_doubt,
        }
    }
}

/// What one person was told.
#[derive(Serialize, ToSchema)]
#[schema(as = Message)]
pub(crate) struct MessageView {
    id: String,
    notice: String,
    /// The account it is for, if it is for one.
    user: Option<String>,
    /// The mailing it is of, if it is of one.
    mailing: Option<String>,
    /// The client it is for, if it is for one.
    client: Option<String>,
    #[schema(example = "email")]
    channel: &'static str,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When the provider took it.
    #[schema(value_type = Option<String>, format = DateTime)]
    sent_at: Option<Timestamp>,
    /// On the way: `waiting`, `wrong_time`, `queued`, `error` (will be tried again). Ended: `sent`, `delivered`,
    /// `expired`, `suppressed`, `bounced`, `complained`, `cancelled`, `failed`.
    #[schema(example = "sent")]
    status: &'static str,
    /// How often it was tried.
    attempts: u32,
    /// Why it is not sent.
    error: Option<String>,
    /// Whether it may have arrived twice.
    in_doubt: bool,
}

impl From<MailedMessage> for MessageView {
    fn from(MailedMessage { mailing, message }: MailedMessage) -> Self {
        let outcome = message.outcome;
        Self {
            id: message.id.to_string(),
            notice: message.id.page().notice().to_string(),
            user: message.to.user().map(|id| id.to_string()),
            mailing: mailing.map(|id| id.to_string()),
            client: message.to.client().map(|id| id.to_string()),
            channel: message.channel.name(),
            created_at: message.created_at,
            sent_at: outcome.sent_at,
            status: outcome.status.name(),
            attempts: outcome.attempts,
            error: outcome.error,
            in_doubt: outcome.in_doubt,
        }
    }
}
