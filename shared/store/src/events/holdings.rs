//! Who holds what of an event, in the order of people.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use kabar_domain::{
    events::Registration,
    ids::{EventId, UserId},
};

use super::{Events, items::RegistrationItem};
use crate::{List, Result, Window, db::s, keys};

/// A part of what is held of an event.
#[derive(Clone, Debug)]
pub struct Holdings {
    /// What is held, each person's together.
    pub registrations: Vec<Registration>,
    /// Whether nobody comes after these people.
    pub is_last: bool,
}

impl Events {
    /// What people hold of an event, beginning after a person, about `limit` of it, and of each person all or nothing;
    /// one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn holdings_after(
        &self,
        event: EventId,
        after: Option<UserId>,
        limit: u16,
    ) -> Result<Holdings> {
        let from = after.map_or_else(|| " ".to_owned(), keys::after_holder);
        let query = self
            .holdings(event)
            .key_condition_expression("pk = :event AND sk > :from")
            .expression_attribute_values(":from", s(from))
            .limit(i32::from(limit));
        let found: Vec<RegistrationItem> = self.0.rows(query).await?;
        let is_last = found.len() < usize::from(limit);
        let mut registrations: Vec<Registration> = found
            .into_iter()
            .map(Registration::try_from)
            .collect::<Result<_>>()?;
        if let (false, Some(last)) = (is_last, registrations.last().map(|last| last.user)) {
            // There may be more of the last one.
            registrations.retain(|registration| registration.user != last);
        }
        Ok(Holdings {
            registrations,
            is_last,
        })
    }

    /// What these and all people between them hold of an event; one read, or more if it is a lot.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn holdings_between(
        &self,
        event: EventId,
        first: UserId,
        last: UserId,
    ) -> Result<Vec<Registration>> {
        let query = self
            .holdings(event)
            .key_condition_expression("pk = :event AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":first", s(first.to_string()))
            .expression_attribute_values(":last", s(keys::after_holder(last)));
        let found: Vec<RegistrationItem> = self.0.all_rows(query).await?;
        found.into_iter().map(Registration::try_from).collect()
    }

    /// What is held of an event, by everybody or by one person, the last person first; one read. Its cursor is the place
    /// of a registration among the event's.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn held_of(
        &self,
        event: EventId,
        user: Option<UserId>,
        window: &Window,
    ) -> Result<List<Registration>> {
        let first = user.map_or_else(|| " ".to_owned(), |user| user.to_string());
        let end = user.map_or_else(|| "~".to_owned(), keys::after_holder);
        let last = window.after.clone().map_or(end.clone(), |after| after.min(end));
        if last < first {
            return Ok(List::default());
        }
        // Two more than are shown: the one that was seen last, and one to see whether it goes on.
        let query = self
            .holdings(event)
            .key_condition_expression("pk = :event AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":first", s(first))
            .expression_attribute_values(":last", s(last))
            .scan_index_forward(false)
            .limit(i32::from(window.limit) + 2);
        let found: Vec<RegistrationItem> = self.0.rows(query).await?;
        let found: Result<Vec<Registration>> = found.into_iter().map(Registration::try_from).collect();
        let place = |held: &Registration| keys::holder(event, held.ticket, held.user).sk;
        let mut entries = found?;
        entries.retain(|held| window.after.as_ref() != Some(&place(held)));
        let goes_on = entries.len() > usize::from(window.limit);
        entries.truncate(window.limit.into());
        let next = entries.last().filter(|_| goes_on).map(place);
        Ok(List { entries, next })
    }

    fn holdings(&self, event: EventId) -> QueryFluentBuilder {
        self.0
            .query()
            .expression_attribute_values(":event", s(keys::holders(event)))
            .consistent_read(true)
    }
}
