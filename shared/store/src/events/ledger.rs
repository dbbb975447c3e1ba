//! Registrations and payments by whom they concern: everybody's, a person's own, and those of an organizer's events.

use kabar_domain::{
    events::{Payment, Registration},
    ids::{PaymentId, RegistrationId, UserId},
};
use serde::de::DeserializeOwned;

use super::{
    Events,
    items::{PaymentItem, RegistrationItem},
};
use crate::{
    List, Result, StoreError, Window,
    db::{Item, s},
    keys,
};

/// Whose registrations or payments are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    All,
    /// Those of a person.
    User(UserId),
    /// Those of the events of an organizer.
    Organizer(UserId),
}

impl Events {
    /// Registrations, the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn registrations(&self, whose: Whose, window: &Window) -> Result<List<Registration>> {
        let (list, is_index) = match whose {
            Whose::All => (keys::REGISTRATIONS.to_owned(), true),
            Whose::User(user) => (keys::registrations_of(user), true),
            Whose::Organizer(organizer) => (keys::sales(organizer), false),
        };
        let before = window.after.as_deref().and_then(RegistrationId::parse);
        let found = self
            .ledger(&list, is_index, before.map(|id| id.to_string()), window.limit)
            .await?;
        read_list(
            found,
            window.limit,
            |item: &RegistrationItem| item.id.clone(),
            Registration::try_from,
        )
    }

    /// Payments, the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn payments(&self, whose: Whose, window: &Window) -> Result<List<Payment>> {
        let (list, is_index) = match whose {
            Whose::All => (keys::PAYMENTS.to_owned(), true),
            Whose::User(user) => (keys::payments_of(user), true),
            Whose::Organizer(organizer) => (keys::earnings(organizer), false),
        };
        self.payments_in(&list, is_index, window).await
    }

    /// Payments for seats that are no longer held, the newest first; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn refunds_due(&self, window: &Window) -> Result<List<Payment>> {
        self.payments_in(keys::REFUNDS, false, window).await
    }

    async fn payments_in(&self, list: &str, is_index: bool, window: &Window) -> Result<List<Payment>> {
        let before = window.after.as_deref().and_then(PaymentId::parse);
        let found = self
            .ledger(list, is_index, before.map(|id| id.to_string()), window.limit)
            .await?;
        read_list(
            found,
            window.limit,
            |item: &PaymentItem| item.id.clone(),
            Payment::try_from,
        )
    }

    /// The rows of a ledger before an id, and one more to see whether it goes on.
    async fn ledger(
        &self,
        list: &str,
        is_index: bool,
        before: Option<String>,
        limit: u16,
    ) -> Result<Vec<Item>> {
        let query = self
            .0
            .query()
            .scan_index_forward(false)
            .limit(i32::from(limit) + 1)
            .expression_attribute_values(":list", s(list))
            // An id is shorter than any that begins with it, and `~` follows all of them.
            .expression_attribute_values(":before", s(before.unwrap_or_else(|| "~".to_owned())));
        let query = if is_index {
            query
                .index_name(keys::LIST)
                .key_condition_expression("list_pk = :list AND list_sk < :before")
        } else {
            query
                .consistent_read(true)
                .key_condition_expression("pk = :list AND sk < :before")
        };
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        Ok(answer.items.unwrap_or_default())
    }
}

fn read_list<I: DeserializeOwned, T>(
    mut found: Vec<Item>,
    limit: u16,
    id: impl Fn(&I) -> String,
    into: impl Fn(I) -> Result<T>,
) -> Result<List<T>> {
    let goes_on = found.len() > usize::from(limit);
    found.truncate(usize::from(limit));
    let items: Vec<I> = found.into_iter().map(crate::db::read).collect::<Result<_>>()?;
    let next = items.last().filter(|_| goes_on).map(id);
    Ok(List {
        entries: items.into_iter().map(into).collect::<Result<_>>()?,
        next,
    })
}
