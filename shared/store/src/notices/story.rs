//! News as it lies with its notice: facts, and nothing secret.

use kabar_domain::{
    Zone,
    events::{Money, PaymentMethod},
    ids::{MailingId, PaymentId, RegistrationId, UserId},
    mailings::Wording,
    news::News,
    power::Channel,
};
use serde::{Deserialize, Serialize};

use super::{
    facts::{CutItem, EventFactsItem, OutageKeyItem, PlannedFactsItem, TicketFactsItem},
    items::id,
};
use crate::{Result, StoreError, instant::Millis};

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum NewsItem {
    Outage {
        outage: OutageKeyItem,
        region: String,
        time_zone: String,
    },
    Restored {
        outage: OutageKeyItem,
        ended_at: Millis,
        region: String,
        time_zone: String,
    },
    HomeOutage {
        outage: OutageKeyItem,
        home: String,
        time_zone: String,
        is_silence: bool,
    },
    HomeRestored {
        outage: OutageKeyItem,
        ended_at: Millis,
        home: String,
        time_zone: String,
        is_silence: bool,
    },
    PlannedCut {
        cut: PlannedFactsItem,
    },
    PlannedCutChanged {
        was: CutItem,
        cut: PlannedFactsItem,
    },
    PasswordReset {
        user: String,
        requested_at: Millis,
    },
    Registration {
        registration: String,
        event: EventFactsItem,
        ticket: String,
        registered_at: Millis,
    },
    RegistrationChanged {
        registration: String,
        event: EventFactsItem,
        was: TicketFactsItem,
        ticket: TicketFactsItem,
    },
    RegistrationCancelled {
        registration: String,
        event: EventFactsItem,
        ticket: String,
    },
    Payment {
        payment: String,
        registration: String,
        event: EventFactsItem,
        ticket: String,
        amount: u64,
        method: String,
        paid_at: Millis,
    },
    EventChanged {
        was: EventFactsItem,
        event: EventFactsItem,
    },
    Reminder {
        event: EventFactsItem,
        registration: Option<String>,
    },
    Mailing {
        mailing: String,
        channel: String,
        subject: Option<String>,
        text: String,
    },
    Test {
        requested_at: Millis,
    },
}

impl From<&News> for NewsItem {
    fn from(news: &News) -> Self {
        match news {
            News::Outage { outage, region, zone } => Self::Outage {
                outage: (*outage).into(),
                region: region.clone(),
                time_zone: zone.name().to_owned(),
            },
            News::Restored {
                outage,
                ended_at,
                region,
                zone,
            } => Self::Restored {
                outage: (*outage).into(),
                ended_at: (*ended_at).into(),
                region: region.clone(),
                time_zone: zone.name().to_owned(),
            },
            News::HomeOutage {
                outage,
                home,
                zone,
                is_silence,
            } => Self::HomeOutage {
                outage: (*outage).into(),
                home: home.clone(),
                time_zone: zone.name().to_owned(),
                is_silence: *is_silence,
            },
            News::HomeRestored {
                outage,
                ended_at,
                home,
                zone,
                is_silence,
            } => Self::HomeRestored {
                outage: (*outage).into(),
                ended_at: (*ended_at).into(),
                home: home.clone(),
                time_zone: zone.name().to_owned(),
                is_silence: *is_silence,
            },
            News::PlannedCut { cut } => Self::PlannedCut { cut: cut.into() },
            News::PlannedCutChanged { was, cut } => Self::PlannedCutChanged {
                was: (*was).into(),
                cut: cut.into(),
            },
            News::PasswordReset { user, requested_at } => Self::PasswordReset {
                user: user.to_string(),
                requested_at: (*requested_at).into(),
            },
            News::Registered {
                registration,
                event,
                ticket,
                registered_at,
            } => Self::Registration {
                registration: registration.to_string(),
                event: event.into(),
                ticket: ticket.clone(),
                registered_at: (*registered_at).into(),
            },
            News::RegistrationChanged {
                registration,
                event,
                was,
                ticket,
            } => Self::RegistrationChanged {
                registration: registration.to_string(),
                event: event.into(),
                was: was.into(),
                ticket: ticket.into(),
            },
            News::RegistrationCancelled {
                registration,
                event,
                ticket,
            } => Self::RegistrationCancelled {
                registration: registration.to_string(),
                event: event.into(),
                ticket: ticket.clone(),
            },
            News::PaymentCompleted {
                payment,
                registration,
                event,
                ticket,
                amount,
                method,
                paid_at,
            } => Self::Payment {
                payment: payment.to_string(),
                registration: registration.to_string(),
                event: event.into(),
                ticket: ticket.clone(),
                amount: amount.minor(),
                method: method.name().to_owned(),
                paid_at: (*paid_at).into(),
            },
            News::EventChanged { was, event } => Self::EventChanged {
                was: was.into(),
                event: event.into(),
            },
            News::Reminder { event, registration } => Self::Reminder {
                event: event.into(),
                registration: registration.map(|id| id.to_string()),
            },
            News::Mailing {
                mailing,
                channel,
                subject,
                text,
            } => Self::Mailing {
                mailing: mailing.to_string(),
                channel: channel.name().to_owned(),
                subject: subject.as_ref().map(|subject| subject.as_str().to_owned()),
                text: text.as_str().to_owned(),
            },
            News::Test { requested_at } => Self::Test {
                requested_at: (*requested_at).into(),
            },
        }
    }
}

impl TryFrom<NewsItem> for News {
    type Error = StoreError;

    fn try_from(item: NewsItem) -> Result<Self> {
        Ok(match item {
            NewsItem::Outage {
                outage,
                region,
                time_zone,
            } => Self::Outage {
                outage: outage.try_into()?,
                region,
                zone: Zone::parse(&time_zone)?,
            },
            NewsItem::Restored {
                outage,
                ended_at,
                region,
                time_zone,
            } => Self::Restored {
                outage: outage.try_into()?,
                ended_at: ended_at.into(),
                region,
                zone: Zone::parse(&time_zone)?,
            },
            NewsItem::HomeOutage {
                outage,
                home,
                time_zone,
                is_silence,
            } => Self::HomeOutage {
                outage: outage.try_into()?,
                home,
                zone: Zone::parse(&time_zone)?,
                is_silence,
            },
            NewsItem::HomeRestored {
                outage,
                ended_at,
                home,
                time_zone,
                is_silence,
            } => Self::HomeRestored {
                outage: outage.try_into()?,
                ended_at: ended_at.into(),
                home,
                zone: Zone::parse(&time_zone)?,
                is_silence,
            },
            NewsItem::PlannedCut { cut } => Self::PlannedCut { cut: cut.try_into()? },
            NewsItem::PlannedCutChanged { was, cut } => Self::PlannedCutChanged {
                was: was.into(),
                cut: cut.try_into()?,
            },
            NewsItem::PasswordReset { user, requested_at } => Self::PasswordReset {
                user: id(UserId::parse(&user))?,
                requested_at: requested_at.into(),
            },
            NewsItem::Registration {
                registration,
                event,
                ticket,
                registered_at,
            } => Self::Registered {
                registration: id(RegistrationId::parse(&registration))?,
                event: event.try_into()?,
                ticket,
                registered_at: registered_at.into(),
            },
            NewsItem::RegistrationChanged {
                registration,
                event,
                was,
                ticket,
            } => Self::RegistrationChanged {
                registration: id(RegistrationId::parse(&registration))?,
                event: event.try_into()?,
                was: was.try_into()?,
                ticket: ticket.try_into()?,
            },
            NewsItem::RegistrationCancelled {
                registration,
                event,
                ticket,
            } => Self::RegistrationCancelled {
                registration: id(RegistrationId::parse(&registration))?,
                event: event.try_into()?,
                ticket,
            },
            NewsItem::Payment {
                payment,
                registration,
                event,
                ticket,
                amount,
                method,
                paid_at,
            } => Self::PaymentCompleted {
                payment: id(PaymentId::parse(&payment))?,
                registration: id(RegistrationId::parse(&registration))?,
                event: event.try_into()?,
                ticket,
                amount: Money::from_minor(amount).ok_or_else(|| StoreError::unreadable("an amount"))?,
                method: PaymentMethod::parse(&method)?,
                paid_at: paid_at.into(),
            },
            NewsItem::EventChanged { was, event } => Self::EventChanged {
                was: was.try_into()?,
                event: event.try_into()?,
            },
            NewsItem::Reminder { event, registration } => Self::Reminder {
                event: event.try_into()?,
                registration: registration
                    .map(|registration| id(RegistrationId::parse(&registration)))
                    .transpose()?,
            },
            NewsItem::Mailing {
                mailing,
                channel,
                subject,
                text,
            } => Self::Mailing {
                mailing: id(MailingId::parse(&mailing))?,
                channel: Channel::parse(&channel)?,
                subject: subject.map(|text| Wording::line(&text, usize::MAX)).transpose()?,
                text: Wording::text(&text, usize::MAX)?,
            },
            NewsItem::Test { requested_at } => Self::Test {
                requested_at: requested_at.into(),
            },
        })
    }
}
