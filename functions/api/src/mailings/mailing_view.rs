use std::collections::BTreeMap;

use jiff::Timestamp;
use kabar_app::mailings::Mailed;
use kabar_domain::{
    mailings::{Audience, LocalWindow, Wording},
    news::{Status, Tally},
};
use serde::Serialize;
use utoipa::ToSchema;

/// Whom a mailing goes to: clients of any of these operators who have any of these tags. An empty list is everybody.
#[derive(Serialize, ToSchema)]
#[schema(as = MailingFilter)]
pub(crate) struct FilterView {
    #[schema(example = json!(["916"]))]
    operator_code: Vec<String>,
    #[schema(example = json!(["vip"]))]
    tag: Vec<String>,
}

/// Hours of the day, the last one excluded.
#[derive(Serialize, ToSchema)]
#[schema(as = LocalWindow)]
pub(crate) struct WindowView {
    #[schema(pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "08:00")]
    from: String,
    #[schema(pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "22:00")]
    to: String,
}

/// What an operator has to say to many.
#[derive(Serialize, ToSchema)]
#[schema(as = Mailing)]
pub(crate) struct MailingView {
    id: String,
    #[schema(value_type = String, format = DateTime)]
    start_time: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    end_time: Timestamp,
    text: String,
    subject: Option<String>,
    filter: FilterView,
    /// `email` or `sms`.
    #[schema(example = "email")]
    channel: &'static str,
    /// Null for all hours.
    local_window: Option<WindowView>,
    /// `scheduled`, `running`, `paused`, `finished` or `cancelled`.
    #[schema(example = "running")]
    status: &'static str,
    /// The notice by which its people are told.
    notice: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// A mailing's messages, by status.
#[derive(Serialize, ToSchema)]
#[schema(as = MailingCounts)]
pub(crate) struct CountsView {
    /// The mailing.
    id: String,
    /// Where it stands.
    #[schema(example = "running")]
    status: &'static str,
    /// How many people it is for, as far as they are planned; the sum of the counts.
    people: u32,
    /// How many were told.
    told: u32,
    /// Messages by status.
    counts: BTreeMap<&'static str, u32>,
    /// Messages sent again after a crash or a lost answer, so that the first sending may have arrived as well.
    in_doubt: u32,
}

impl From<&Audience> for FilterView {
    fn from(filter: &Audience) -> Self {
        Self {
            operator_code: filter
                .operator_codes
                .iter()
                .map(|code| code.as_str().to_owned())
                .collect(),
            tag: filter.tags.iter().map(|tag| tag.as_str().to_owned()).collect(),
        }
    }
}

impl From<LocalWindow> for WindowView {
    fn from(window: LocalWindow) -> Self {
        Self {
            from: window.from().to_string(),
            to: window.to().to_string(),
        }
    }
}

impl From<&Mailed> for MailingView {
    fn from(Mailed { mailing, status, .. }: &Mailed) -> Self {
        let says = &mailing.says;
        Self {
            id: mailing.id.to_string(),
            start_time: says.start_time,
            end_time: says.end_time,
            text: says.text.as_str().to_owned(),
            subject: says
                .subject
                .as_ref()
                .map(|subject| Wording::as_str(subject).to_owned()),
            filter: (&says.filter).into(),
            channel: says.channel.name(),
            local_window: says.window.map(WindowView::from),
            status: status.name(),
            notice: mailing.notice.to_string(),
            created_at: mailing.created_at,
        }
    }
}

impl From<&Mailed> for CountsView {
    fn from(mailed: &Mailed) -> Self {
        Self {
            id: mailed.mailing.id.to_string(),
            status: mailed.status.name(),
            people: mailed.people,
            told: mailed.tally.told(),
            counts: counts(&mailed.tally),
            in_doubt: mailed.tally.in_doubt,
        }
    }
}

pub(super) fn counts(tally: &Tally) -> BTreeMap<&'static str, u32> {
    Status::ALL
        .map(|status| (status.name(), tally.count(status)))
        .into()
}
