use jiff::Timestamp;

use crate::ids::{EventId, NoticeId, RegistrationId, TicketId, UserId};

/// One person's seat at an event, by one ticket. A cancelled one is gone; there is no other state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Which.
    pub id: RegistrationId,
    /// Who comes.
    pub user: UserId,
    /// With which ticket.
    pub ticket: TicketId,
    /// To what.
    pub event: EventId,
    /// Whose event it is, as far as lists have caught up.
    pub organizer: UserId,
    /// Since when.
    pub registered_at: Timestamp,
    /// The reminder that had gone out when they registered: it was not for them, they get their own.
    pub reminded: Option<NoticeId>,
    /// The last notice of a change of it, which may not have been told yet.
    pub news: Option<NoticeId>,
    /// How often it has changed; the entity tag.
    pub version: u64,
}
