use jiff::Timestamp;

use crate::{
    Zone,
    events::{Event, EventStatus},
    ids::EventId,
};

/// An event as news tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFacts {
    /// Which.
    pub id: EventId,
    /// What it is called.
    pub name: String,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it is over; perhaps before it starts, while its organizer is still editing.
    pub ends_at: Timestamp,
    /// Where it is; perhaps empty.
    pub location: String,
    /// Where its clocks stand.
    pub zone: Zone,
    /// Whether it will not be.
    pub is_cancelled: bool,
    /// How many seconds after the event was made these facts were right: later facts have a higher number, by which
    /// calendars know them (SEQUENCE of RFC 5545, §3.8.7.4).
    pub sequence: u32,
}

impl EventFacts {
    /// An event as it is at a time.
    #[must_use]
    pub fn of(event: &Event, at: Timestamp) -> Self {
        let age = at.duration_since(event.created_at).as_secs();
        Self {
            id: event.id,
            name: event.name.clone(),
            starts_at: event.start,
            ends_at: event.end,
            location: event.location.clone(),
            zone: event.zone.clone(),
            is_cancelled: event.status == EventStatus::Cancelled,
            sequence: u32::try_from(age.max(0)).unwrap_or(u32::MAX),
        }
    }

    /// Whether people who come to the event would do something else than by these facts: come at another time, to
    /// another place, or not at all.
    #[must_use]
    pub fn is_other_to_visitors(&self, other: &Self) -> bool {
        self.starts_at != other.starts_at
            || self.ends_at != other.ends_at
            || self.location != other.location
            || self.is_cancelled != other.is_cancelled
    }
}
