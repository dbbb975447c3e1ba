//! Mailings as they lie in the table.

use std::collections::BTreeSet;

use kabar_domain::{
    ids::{MailingId, NoticeId},
    mailings::{Audience, LocalTime, LocalWindow, Mailing, MailingSays, OperatorCode, Order, Tag, Wording},
    power::Channel,
};
use serde::{Deserialize, Serialize};

use crate::{Result, StoreError, instant::Millis};

#[derive(Serialize, Deserialize)]
pub(super) struct MailingItem {
    pub(super) id: String,
    notice: String,
    start_time: Millis,
    end_time: Millis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    text: String,
    operator_codes: Vec<String>,
    tags: Vec<String>,
    channel: String,
    /// From and to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    local_window: Option<(String, String)>,
    #[serde(rename = "goes")]
    order: String,
    created_at: Millis,
    version: u64,
}

impl From<&Mailing> for MailingItem {
    fn from(mailing: &Mailing) -> Self {
        let says = &mailing.says;
        let window = says
            .window
            .map(|window| (window.from().to_string(), window.to().to_string()));
        Self {
            id: mailing.id.to_string(),
            notice: mailing.notice.to_string(),
            start_time: says.start_time.into(),
            end_time: says.end_time.into(),
            subject: says.subject.as_ref().map(|subject| subject.as_str().to_owned()),
            text: says.text.as_str().to_owned(),
            operator_codes: says
                .filter
                .operator_codes
                .iter()
                .map(|code| code.as_str().to_owned())
                .collect(),
            tags: says
                .filter
                .tags
                .iter()
                .map(|tag| tag.as_str().to_owned())
                .collect(),
            channel: says.channel.name().to_owned(),
            local_window: window,
            order: mailing.order.name().to_owned(),
            created_at: mailing.created_at.into(),
            version: mailing.version,
        }
    }
}

impl TryFrom<MailingItem> for Mailing {
    type Error = StoreError;

    fn try_from(item: MailingItem) -> Result<Self> {
        let unreadable = || StoreError::unreadable("a mailing's id");
        let window =
            |(from, to): (String, String)| LocalWindow::new(LocalTime::parse(&from)?, LocalTime::parse(&to)?);
        let codes: std::result::Result<BTreeSet<_>, _> = item
            .operator_codes
            .iter()
            .map(|code| OperatorCode::parse(code))
            .collect();
        let tags: std::result::Result<BTreeSet<_>, _> = item.tags.iter().map(|tag| Tag::parse(tag)).collect();
        let subject = item.subject.as_deref();
        Ok(Self {
            id: MailingId::parse(&item.id).ok_or_else(unreadable)?,
            notice: NoticeId::parse(&item.notice).ok_or_else(unreadable)?,
            says: MailingSays {
                start_time: item.start_time.into(),
                end_time: item.end_time.into(),
                subject: subject
                    .map(|text| Wording::line(text, MailingSays::MAX_SUBJECT))
                    .transpose()?,
                text: Wording::text(&item.text, MailingSays::MAX_TEXT)?,
                filter: Audience {
                    operator_codes: codes?,
                    tags: tags?,
                },
                channel: Channel::parse(&item.channel)?,
                window: item.local_window.map(window).transpose()?,
            },
            order: Order::parse(&item.order)?,
            created_at: item.created_at.into(),
            version: item.version,
        })
    }
}
