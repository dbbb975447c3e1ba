//! What is cached. A single thing's copy is written only while the thing is still the version that was read, and
//! dropped in the transaction that changes the thing. A page of the ticket list carries how often tickets had changed
//! before it was read, and is good only while that is so. Either way nobody reads what was before a write that had
//! been answered when their request began, whichever instance serves them.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{
    events::{Event, Ticket},
    ids::{EventId, TicketId},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    Events,
    items::{EventItem, TicketItem, keyed},
};
use crate::{
    List, Result, Window,
    db::{Item, n},
    keys,
    keys::Key,
    writes::updated,
};

/// How long something is served from the cache (SPEC §3).
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// From a copy.
    Cache,
    /// From the thing itself.
    Database,
}

/// A copy, and until when it is good.
#[derive(Serialize, Deserialize)]
struct Cached<T> {
    copy: T,
    /// In seconds since 1970; the table forgets the item some time after.
    expires_at: i64,
}

#[derive(Serialize, Deserialize)]
struct CachedPage {
    tickets: Vec<TicketItem>,
    next: Option<String>,
    generation: u64,
    expires_at: i64,
}

/// What the two items of a cached list can be: the page, or how often tickets have changed.
#[derive(Deserialize)]
#[serde(untagged)]
enum PageOrGeneration {
    Page(CachedPage),
    Generation { generation: u64 },
}

impl Events {
    /// An event, from the cache if it is there; one read, or two and a write.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn cached_event(&self, id: EventId, now: Timestamp) -> Result<Option<(Event, Source)>> {
        let copy = keys::cached_event(id);
        if let Some(item) = self.copy::<EventItem>(copy.clone(), now).await? {
            return Ok(Some((item.try_into()?, Source::Cache)));
        }
        let Some(event) = self.event(id).await? else {
            return Ok(None);
        };
        self.keep(
            (keys::event(id), event.version),
            copy,
            EventItem::from(&event),
            now,
        )
        .await?;
        Ok(Some((event, Source::Database)))
    }

    /// A ticket, from the cache if it is there; one read, or two and a write.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn cached_ticket(&self, id: TicketId, now: Timestamp) -> Result<Option<(Ticket, Source)>> {
        let copy = keys::cached_ticket(id);
        if let Some(item) = self.copy::<TicketItem>(copy.clone(), now).await? {
            return Ok(Some((item.try_into()?, Source::Cache)));
        }
        let Some(ticket) = self.ticket(id).await? else {
            return Ok(None);
        };
        self.keep(
            (keys::ticket(id), ticket.version),
            copy,
            TicketItem::from(&ticket),
            now,
        )
        .await?;
        Ok(Some((ticket, Source::Database)))
    }

    async fn copy<T: DeserializeOwned>(&self, key: Key, now: Timestamp) -> Result<Option<T>> {
        let found: Option<Cached<T>> = self.0.get(key).await?;
        Ok(found
            .filter(|cached| cached.expires_at > now.as_second())
            .map(|cached| cached.copy))
    }

    /// Keeps a copy of a thing that is still the version it was copied from. One that changed meanwhile is not kept,
    /// and neither is one that others are writing: the next reader will keep it.
    async fn keep<T: Serialize>(
        &self,
        (thing, version): (Key, u64),
        key: Key,
        copy: T,
        now: Timestamp,
    ) -> Result<()> {
        let cached = Cached {
            copy,
            expires_at: (now + LIFETIME).as_second(),
        };
        let writes = vec![
            self.0.check_version(thing, version)?,
            self.0.put(keyed(key, None, &cached)?)?,
        ];
        // A cache that cannot be written is no reason to refuse what was read.
        let _ = self.0.transact_once(writes).await;
        Ok(())
    }

    /// Tickets, of one event or of all, the newest first, from the cache if they are there; one read, or three and a
    /// write.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn cached_tickets(
        &self,
        event: Option<EventId>,
        window: &Window,
        now: Timestamp,
    ) -> Result<(List<Ticket>, Source)> {
        let after = window.after.as_deref().and_then(TicketId::parse);
        let page = keys::cached_list(event, window.limit, after);
        let both = vec![page.clone(), keys::generation(event)];
        let (mut cached, mut current) = (None, 0);
        for found in self.0.get_many(both, true).await? {
            match found {
                PageOrGeneration::Page(page) => cached = Some(page),
                PageOrGeneration::Generation { generation } => current = generation,
            }
        }
        let is_good = |page: &CachedPage| page.generation == current && page.expires_at > now.as_second();
        if let Some(CachedPage { tickets, next, .. }) = cached.filter(is_good) {
            let entries = tickets.into_iter().map(Ticket::try_from).collect::<Result<_>>()?;
            return Ok((List { entries, next }, Source::Cache));
        }
        let list = match event {
            Some(event) => self.tickets_of(event, window).await?,
            None => self.tickets(window).await?,
        };
        let kept = CachedPage {
            tickets: list.entries.iter().map(TicketItem::from).collect(),
            next: list.next.clone(),
            generation: current,
            expires_at: (now + LIFETIME).as_second(),
        };
        let _ = self.put_alone(keyed(page, None, &kept)?).await;
        Ok((list, Source::Database))
    }

    async fn put_alone(&self, item: Item) -> Result<()> {
        let put = self
            .0
            .client
            .put_item()
            .table_name(&self.0.table)
            .set_item(Some(item));
        put.send()
            .await
            .map(drop)
            .map_err(crate::StoreError::unavailable("PutItem"))
    }

    /// Outdates the cached lists that an event's tickets stand in.
    pub(super) fn outdate_lists(&self, event: EventId) -> Result<[TransactWriteItem; 2]> {
        let outdate = |list| {
            updated(
                self.0
                    .update(keys::generation(list))
                    .update_expression("ADD generation :one")
                    .expression_attribute_values(":one", n(1)),
            )
        };
        Ok([outdate(Some(event))?, outdate(None)?])
    }
}
