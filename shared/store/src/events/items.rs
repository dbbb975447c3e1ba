//! Events, tickets, registrations and payments as they lie in the table.

use jiff::SignedDuration;
use kabar_domain::{
    Zone,
    events::{
        Event, EventStatus, Money, Payment, PaymentMethod, PaymentStatus, Registration, ReminderRules, Ticket,
    },
    ids::{EventId, NoticeId, PaymentId, RegionId, RegistrationId, TicketId, UserId},
};
use serde::{Deserialize, Serialize};

use crate::{Result, StoreError, instant::Millis};

pub(super) use crate::db::keyed;

pub(super) fn id<T>(parsed: Option<T>) -> Result<T> {
    parsed.ok_or_else(|| StoreError::unreadable("an id"))
}

/// A notice, if there is one.
pub(super) fn notice(text: Option<String>) -> Result<Option<NoticeId>> {
    text.map(|text| id(NoticeId::parse(&text))).transpose()
}

pub(super) fn seconds(rules: &ReminderRules) -> Vec<i64> {
    rules.offsets().iter().map(SignedDuration::as_secs).collect()
}

pub(super) fn rules(seconds: &[i64]) -> Result<ReminderRules> {
    let offsets = seconds.iter().copied().map(SignedDuration::from_secs).collect();
    Ok(ReminderRules::new(offsets)?)
}

#[derive(Serialize, Deserialize)]
pub(super) struct EventItem {
    pub(super) id: String,
    name: String,
    description: String,
    location: String,
    start: Millis,
    end: Millis,
    status: String,
    category: String,
    quota: u32,
    organizer: String,
    time_zone: String,
    region: Option<String>,
    /// In seconds before the start.
    reminders: Option<Vec<i64>>,
    news: Option<String>,
    created_at: Millis,
    updated_at: Millis,
    version: u64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TicketItem {
    pub(super) id: String,
    event: String,
    name: String,
    price: u64,
    sales_start: Millis,
    sales_end: Millis,
    quota: u32,
    version: u64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct RegistrationItem {
    pub(super) id: String,
    user: String,
    ticket: String,
    event: String,
    organizer: String,
    registered_at: Millis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reminded: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    news: Option<String>,
    version: u64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct PaymentItem {
    pub(super) id: String,
    registration: String,
    event: String,
    user: String,
    organizer: String,
    method: String,
    status: String,
    amount: u64,
    paid_at: Option<Millis>,
    created_at: Millis,
    is_orphaned: bool,
    version: u64,
}

impl From<&Event> for EventItem {
    fn from(event: &Event) -> Self {
        Self {
            id: event.id.to_string(),
            name: event.name.clone(),
            description: event.description.clone(),
            location: event.location.clone(),
            start: event.start.into(),
            end: event.end.into(),
            status: event.status.name().to_owned(),
            category: event.category.clone(),
            quota: event.quota,
            organizer: event.organizer.to_string(),
            time_zone: event.zone.name().to_owned(),
            region: event.region.map(|region| region.to_string()),
            reminders: event.reminders.as_ref().map(seconds),
            news: event.news.map(|notice| notice.to_string()),
            created_at: event.created_at.into(),
            updated_at: event.updated_at.into(),
            version: event.version,
        }
    }
}

impl TryFrom<EventItem> for Event {
    type Error = StoreError;

    fn try_from(item: EventItem) -> Result<Self> {
        Ok(Self {
            id: id(EventId::parse(&item.id))?,
            name: item.name,
            description: item.description,
            location: item.location,
            start: item.start.into(),
            end: item.end.into(),
            status: EventStatus::parse(&item.status)?,
            category: item.category,
            quota: item.quota,
            organizer: id(UserId::parse(&item.organizer))?,
            zone: Zone::parse(&item.time_zone)?,
            region: item
                .region
                .map(|region| id(RegionId::parse(&region)))
                .transpose()?,
            reminders: item.reminders.as_deref().map(rules).transpose()?,
            news: notice(item.news)?,
            created_at: item.created_at.into(),
            updated_at: item.updated_at.into(),
            version: item.version,
        })
    }
}

impl From<&Ticket> for TicketItem {
    fn from(ticket: &Ticket) -> Self {
        Self {
            id: ticket.id.to_string(),
            event: ticket.event.to_string(),
            name: ticket.name.clone(),
            price: ticket.price.minor(),
            sales_start: ticket.sales_start.into(),
            sales_end: ticket.sales_end.into(),
            quota: ticket.quota,
            version: ticket.version,
        }
    }
}

impl TryFrom<TicketItem> for Ticket {
    type Error = StoreError;

    fn try_from(item: TicketItem) -> Result<Self> {
        Ok(Self {
            id: id(TicketId::parse(&item.id))?,
            event: id(EventId::parse(&item.event))?,
            name: item.name,
            price: money(item.price)?,
            sales_start: item.sales_start.into(),
            sales_end: item.sales_end.into(),
            quota: item.quota,
            version: item.version,
        })
    }
}

fn money(minor: u64) -> Result<Money> {
    Money::from_minor(minor).ok_or_else(|| StoreError::unreadable("an amount"))
}

impl From<&Registration> for RegistrationItem {
    fn from(registration: &Registration) -> Self {
        Self {
            id: registration.id.to_string(),
            user: registration.user.to_string(),
            ticket: registration.ticket.to_string(),
            event: registration.event.to_string(),
            organizer: registration.organizer.to_string(),
            registered_at: registration.registered_at.into(),
            reminded: registration.reminded.map(|notice| notice.to_string()),
            news: registration.news.map(|notice| notice.to_string()),
            version: registration.version,
        }
    }
}

impl TryFrom<RegistrationItem> for Registration {
    type Error = StoreError;

    fn try_from(item: RegistrationItem) -> Result<Self> {
        Ok(Self {
            id: id(RegistrationId::parse(&item.id))?,
            user: id(UserId::parse(&item.user))?,
            ticket: id(TicketId::parse(&item.ticket))?,
            event: id(EventId::parse(&item.event))?,
            organizer: id(UserId::parse(&item.organizer))?,
            registered_at: item.registered_at.into(),
            reminded: notice(item.reminded)?,
            news: notice(item.news)?,
            version: item.version,
        })
    }
}

impl From<&Payment> for PaymentItem {
    fn from(payment: &Payment) -> Self {
        Self {
            id: payment.id.to_string(),
            registration: payment.registration.to_string(),
            event: payment.event.to_string(),
            user: payment.user.to_string(),
            organizer: payment.organizer.to_string(),
            method: payment.method.name().to_owned(),
            status: payment.status.name().to_owned(),
            amount: payment.amount.minor(),
            paid_at: payment.paid_at.map(Millis::from),
            created_at: payment.created_at.into(),
            is_orphaned: payment.is_orphaned,
            version: payment.version,
        }
    }
}

impl TryFrom<PaymentItem> for Payment {
    type Error = StoreError;

    fn try_from(item: PaymentItem) -> Result<Self> {
        Ok(Self {
            id: id(PaymentId::parse(&item.id))?,
            registration: id(RegistrationId::parse(&item.registration))?,
            event: id(EventId::parse(&item.event))?,
            user: id(UserId::parse(&item.user))?,
            organizer: id(UserId::parse(&item.organizer))?,
            method: PaymentMethod::parse(&item.method)?,
            status: PaymentStatus::parse(&item.status)?,
            amount: money(item.amount)?,
            paid_at: item.paid_at.map(Into::into),
            created_at: item.created_at.into(),
            is_orphaned: item.is_orphaned,
            version: item.version,
        })
    }
}
