use std::collections::BTreeMap;

use jiff::Timestamp;
use kabar_app::mailings::MailedMessage;
use kabar_domain::news::{Audience, News, Status};
use kabar_store::notices::Told;
use serde::Serialize;
use utoipa::ToSchema;

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
    /// The region whose followers are told, by mail or in Telegram, or the people of whose homes, if they are.
    region: Option<String>,
    /// The home whose people are told, if they are.
    home: Option<String>,
    /// The event whose ticket holders are told, if they are.
    event: Option<String>,
    /// The one person who is told, if it is one.
    user: Option<String>,
    /// The outage it is about, if it is about one.
    outage: Option<String>,
    /// The planned cut it is about, if it is about one.
    planned_cut: Option<String>,
    /// The registration it is about, if it is about one.
    registration: Option<String>,
    /// The mailing it is of, if it is of one.
    mailing: Option<String>,
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
        let (mut region, mut home, mut event, mut user) = (None, None, None, None);
        match notice.audience {
            Audience::Followers(id) | Audience::Residents(id) | Audience::Chats(id) => {
                region = Some(id.to_string())
            }
            Audience::Home { home: id, .. } | Audience::HomeChats { home: id, .. } => {
                home = Some(id.to_string())
            }
            Audience::Holders(id) => event = Some(id.to_string()),
            Audience::Person(id) => user = Some(id.to_string()),
            Audience::Clients(_) | Audience::Trial(_) | Audience::Chat(_) => {}
        }
        let mailing = notice.news.mailing().map(|id| id.to_string());
        let lane = notice.lane().name();
        let (outage, registration) = match &notice.news {
            News::Outage { outage, .. }
            | News::Restored { outage, .. }
            | News::HomeOutage { outage, .. }
            | News::HomeRestored { outage, .. } => (Some(outage.id), None),
            News::PlannedCut { .. }
            | News::PlannedCutChanged { .. }
            | News::PasswordReset { .. }
            | News::EventChanged { .. }
            | News::Mailing { .. }
            | News::Test { .. } => (None, None),
            News::Reminder { registration, .. } => (None, *registration),
            News::Registered { registration, .. }
            | News::RegistrationChanged { registration, .. }
            | News::RegistrationCancelled { registration, .. }
            | News::PaymentCompleted { registration, .. } => (None, Some(*registration)),
        };
        let planned_cut = match &notice.news {
            News::PlannedCut { cut } | News::PlannedCutChanged { cut, .. } => Some(cut.id.to_string()),
            _ => None,
        };
        let open = plan.people.saturating_sub(tally.ended());
        let counts = Status::ALL
            .map(|status| (status.name(), tally.count(status)))
            .into();
        Self {
            id: notice.id.to_string(),
            kind: notice.news.kind().name(),
            lane,
            region,
            home,
            event,
            user,
            outage: outage.map(|id| id.to_string()),
            planned_cut,
            registration: registration.map(|id| id.to_string()),
            mailing,
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
