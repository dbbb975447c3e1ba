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
    List, Order, Result, StoreError, Window,
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
    /// Registrations, by when they were made; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn registrations(&self, whose: Whose, window: &Window) -> Result<List<Registration>> {
        let (list, is_index) = match whose {
            Whose::All => (keys::REGISTRATIONS.to_owned(), true),
            Whose::User(user) => (keys::registrations_of(user), true),
            Whose::Organizer(organizer) => (keys::sales(organizer), false),
        };
        let seen = window.after.as_deref().and_then(RegistrationId::parse);
        let seen = seen.map(|id| id.to_string());
        let found = self.ledger(&list, is_index, seen, window).await?;
        read_list(
            found,
            window.limit,
            |item: &RegistrationItem| item.id.clone(),
            Registration::try_from,
        )
    }

    /// Payments, by when they were made; one read.
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
        let seen = window.after.as_deref().and_then(PaymentId::parse);
        let seen = seen.map(|id| id.to_string());
        let found = self.ledger(list, is_index, seen, window).await?;
        read_list(
            found,
            window.limit,
            |item: &PaymentItem| item.id.clone(),
            Payment::try_from,
        )
    }

    /// The rows of a ledger that follow an id in the order asked for, and one more to see whether it goes on.
    async fn ledger(
        &self,
        list: &str,
        is_index: bool,
        seen: Option<String>,
        window: &Window,
    ) -> Result<Vec<Item>> {
        // An id is shorter than any that begins with it: `~` follows all of them, and a space stands before.
        let (follows, first) = match window.order {
            Order::Newest => ("<", "~"),
            Order::Oldest => (">", " "),
        };
        let query = self
            .0
            .query()
            .scan_index_forward(window.order.is_forward())
            .limit(i32::from(window.limit) + 1)
            .expression_attribute_values(":list", s(list))
            .expression_attribute_values(":seen", s(seen.unwrap_or_else(|| first.to_owned())));
        let query = if is_index {
            query
                .index_name(keys::LIST)
                .key_condition_expression(format!("list_pk = :list AND list_sk {follows} :seen"))
        } else {
            query
                .consistent_read(true)
                .key_condition_expression(format!("pk = :list AND sk {follows} :seen"))
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
