//! What waits to be cleared away.

use aws_sdk_sqs::Client;
use kabar_domain::{
    events::Removal,
    ids::{EventId, TicketId, UserId},
};

use super::{
    NotOurs, QueueError,
    body::{Work, parse},
    put::send,
};
use crate::OnUse;

/// The queue of what is to be cleared away.
#[derive(Clone)]
pub struct RemovalQueue {
    /// How it is reached.
    pub client: OnUse<Client>,
    /// Where it is.
    pub url: String,
}

/// Work for removal-sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovalWork {
    /// Clear away what hung on this.
    Clear(Removal),
}

impl RemovalWork {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn parse(body: &str) -> Result<Self, NotOurs> {
        let Some(Work::Removal { of, id }) = parse(body) else {
            return Err(NotOurs);
        };
        let removal = match of.as_str() {
            "event" => EventId::parse(&id).map(Removal::Event),
            "ticket" => TicketId::parse(&id).map(Removal::Ticket),
            "user" => UserId::parse(&id).map(Removal::User),
            "organizer" => EventId::parse(&id).map(Removal::Organizer),
            _ => None,
        };
        removal.map(Self::Clear).ok_or(NotOurs)
    }
}

impl RemovalQueue {
    /// Asks for what hung on something to be cleared away now.
    ///
    /// # Errors
    /// When the queue did not take it.
    pub async fn put(&self, RemovalWork::Clear(removal): RemovalWork) -> Result<(), QueueError> {
        let (of, id) = match removal {
            Removal::Event(id) => ("event", id.to_string()),
            Removal::Ticket(id) => ("ticket", id.to_string()),
            Removal::User(id) => ("user", id.to_string()),
            Removal::Organizer(id) => ("organizer", id.to_string()),
        };
        let of = of.to_owned();
        send(&self.client, &self.url, Work::Removal { of, id }, 0).await
    }
}
