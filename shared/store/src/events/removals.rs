//! What is being cleared away. A removal stands from the write that made something gone until nothing of it is left;
//! meanwhile nobody is shown what hung on it.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use kabar_domain::{
    events::{Event, Hidden, Payment, Registration, Removal, Term, terms},
    ids::{EventId, NoticeId, UserId},
};
use serde::{Deserialize, Serialize};

use super::{
    Events,
    items::{PaymentItem, id, keyed, notice},
};
use crate::{
    Result, StoreError,
    db::{condition, n, s},
    instant::Millis,
    keys,
};

#[derive(Serialize, Deserialize)]
pub(super) struct RemovalItem {
    pub(super) begun_at: Millis,
    /// The event of a ticket.
    pub(super) event: Option<String>,
    /// Who had the event.
    pub(super) organizer: Option<String>,
    /// What the event was found by.
    #[serde(default)]
    pub(super) terms: Vec<String>,
    /// What the ticket was called.
    #[serde(default)]
    pub(super) ticket: String,
    /// The notice that tells of it.
    #[serde(default)]
    pub(super) notice: Option<String>,
}

#[derive(Deserialize)]
struct Found {
    sk: String,
    #[serde(flatten)]
    item: RemovalItem,
}

/// A removal under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Of what.
    pub removal: Removal,
    /// Since when.
    pub begun_at: Timestamp,
    /// The event of a ticket.
    pub event: Option<EventId>,
    /// Who had the event that changed hands.
    pub organizer: Option<UserId>,
    /// What the event was found by.
    pub terms: Vec<Term>,
    /// What the ticket was called.
    pub ticket: String,
    /// The notice that tells those who held something; what they held is needed until it is planned.
    pub notice: Option<NoticeId>,
}

impl Events {
    /// The write that begins a removal, for the transaction in which its subject goes; `event` and what it was called,
    /// if that is a ticket.
    pub(crate) fn begin_in(
        &self,
        removal: Removal,
        event: Option<EventId>,
        ticket: &str,
        now: Timestamp,
    ) -> Result<TransactWriteItem> {
        let item = RemovalItem {
            begun_at: now.into(),
            event: event.map(|event| event.to_string()),
            organizer: None,
            terms: Vec::new(),
            ticket: ticket.to_owned(),
            notice: None,
        };
        self.0.put(keyed(keys::removal(removal), None, &item)?)
    }

    /// The write that begins the removal of an event: what it was found by is remembered, for the event is gone then.
    pub(super) fn begin_event(
        &self,
        event: &Event,
        notice: Option<NoticeId>,
        now: Timestamp,
    ) -> Result<TransactWriteItem> {
        let item = RemovalItem {
            begun_at: now.into(),
            event: None,
            organizer: None,
            terms: terms(event).iter().map(|term| term.as_str().to_owned()).collect(),
            ticket: String::new(),
            notice: notice.map(|notice| notice.to_string()),
        };
        let removal = keys::removal(Removal::Event(event.id));
        self.0.put(keyed(removal, None, &item)?)
    }

    /// All removals under way; one read, mostly of nothing.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn removals(&self) -> Result<Vec<Begun>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :removals")
            .expression_attribute_values(":removals", s(keys::REMOVALS))
            .consistent_read(true);
        let found: Vec<Found> = self.0.all_rows(query).await?;
        found.into_iter().map(Begun::try_from).collect()
    }

    /// A removal, if it is still under way; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn removal(&self, removal: Removal) -> Result<Option<Begun>> {
        let found: Option<Found> = self.0.get(keys::removal(removal)).await?;
        found.map(Begun::try_from).transpose()
    }

    /// What must not be shown.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn hidden(&self) -> Result<Hidden> {
        let removals = self.removals().await?;
        Ok(Hidden {
            removals: removals.into_iter().map(|begun| begun.removal).collect(),
        })
    }

    /// Ends a removal of which nothing is left, if it is still the one that began then.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn end(&self, begun: &Begun) -> Result<bool> {
        let delete = self
            .0
            .client
            .delete_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::removal(begun.removal).attributes()))
            .condition_expression("begun_at = :begun")
            .expression_attribute_values(":begun", n(begun.begun_at.as_millisecond()));
        condition("DeleteItem", delete.send().await)
    }

    /// Some payments of an event; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn payments_of_event(&self, event: EventId, limit: u16) -> Result<Vec<Payment>> {
        let query = self
            .0
            .query()
            .key_condition_expression("pk = :event")
            .expression_attribute_values(":event", s(keys::payments_of_event(event)))
            .consistent_read(true)
            .limit(i32::from(limit));
        let found: Vec<PaymentItem> = self.0.rows(query).await?;
        found.into_iter().map(Payment::try_from).collect()
    }

    /// Clears away what a removed event was found by.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn clear_entries(&self, event: EventId, terms: &[Term]) -> Result<()> {
        self.0
            .delete_all(terms.iter().map(|term| keys::entry(term, event)).collect())
            .await
    }

    /// Clears away registrations whose seats are gone with their event, wherever they stand.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn clear_registrations(&self, registrations: &[Registration]) -> Result<()> {
        let rows = |r: &Registration| [keys::registration(r.id), keys::sold_by(r.organizer, r.id)];
        self.0
            .delete_all(registrations.iter().flat_map(rows).collect())
            .await?;
        // The rows by which they are found go last: what dies in between is found again.
        let found_by = |r: &Registration| keys::holder(r.event, r.ticket, r.user);
        self.0
            .delete_all(registrations.iter().map(found_by).collect())
            .await
    }

    /// Clears away payments, wherever they stand.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn clear_payments(&self, payments: &[Payment]) -> Result<()> {
        let rows = |p: &Payment| {
            [
                keys::payment(p.id),
                keys::earned_by(p.organizer, p.id),
                keys::refund(p.id),
            ]
        };
        self.0
            .delete_all(payments.iter().flat_map(rows).collect())
            .await?;
        let found_by = |p: &Payment| keys::paid_for(p.event, p.registration, p.id);
        self.0.delete_all(payments.iter().map(found_by).collect()).await
    }
}

impl TryFrom<Found> for Begun {
    type Error = StoreError;

    fn try_from(Found { sk, item }: Found) -> Result<Self> {
        Ok(Self {
            removal: keys::removal_of(&sk).ok_or_else(|| StoreError::unreadable("a removal"))?,
            begun_at: item.begun_at.into(),
            event: item.event.map(|event| id(EventId::parse(&event))).transpose()?,
            organizer: item.organizer.map(|user| id(UserId::parse(&user))).transpose()?,
            terms: item.terms.into_iter().map(Term::from).collect(),
            ticket: item.ticket,
            notice: notice(item.notice)?,
        })
    }
}
