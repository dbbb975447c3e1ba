use std::collections::HashSet;

use crate::ids::{EventId, TicketId, UserId};

/// Something that is gone for everybody at once, while what hung on it is cleared away behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Removal {
    /// An event: its registrations, payments and posters.
    Event(EventId),
    /// A kind of ticket: its registrations.
    Ticket(TicketId),
    /// A person: their registrations and subscriptions.
    User(UserId),
    /// The place of an event among its former organizer's.
    Organizer(EventId),
}

/// What lists must not show, for it is being cleared away.
#[derive(Clone, Debug, Default)]
pub struct Hidden {
    /// All removals under way.
    pub removals: HashSet<Removal>,
}

impl Hidden {
    /// Whether a registration of this event, ticket and person is hidden.
    #[must_use]
    pub fn has(&self, event: EventId, ticket: TicketId, user: UserId) -> bool {
        let is_gone = |removal| self.removals.contains(&removal);
        is_gone(Removal::Event(event)) || is_gone(Removal::Ticket(ticket)) || is_gone(Removal::User(user))
    }

    /// Whether everything of this event is hidden.
    #[must_use]
    pub fn has_event(&self, event: EventId) -> bool {
        self.removals.contains(&Removal::Event(event))
    }

    /// Whether lists may still name a former organizer of this event.
    #[must_use]
    pub fn is_handed_over(&self, event: EventId) -> bool {
        self.removals.contains(&Removal::Organizer(event))
    }
}
