use jiff::Timestamp;
use kabar_domain::events::{Event, Seats};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that people come to.
#[derive(Serialize, ToSchema)]
#[schema(as = Event)]
pub(crate) struct EventView {
    id: String,
    #[schema(example = "Jazz di Bandung")]
    name: String,
    description: String,
    #[schema(example = "Gedung Merdeka, Bandung")]
    location: String,
    #[schema(value_type = String, format = DateTime)]
    start_time: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    end_time: Timestamp,
    /// `scheduled`, `ongoing`, `completed` or `cancelled`.
    #[schema(example = "scheduled")]
    status: &'static str,
    #[schema(example = "music")]
    category: String,
    /// How many people fit in.
    quota: u32,
    /// The user whose event it is.
    organizer: String,
    /// IANA name of the zone of its clock.
    #[schema(example = "Asia/Jakarta")]
    time_zone: String,
    /// The region of the power grid that it lies in.
    region: Option<String>,
    /// How long before its start people are reminded of it, as ISO 8601 durations; null for what is usual.
    #[schema(example = json!(["P1D", "PT2H"]))]
    reminders: Option<Vec<String>>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// What is odd about it after a change; absent if nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Warning>,
}

/// Something odd that was done all the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct Warning {
    #[schema(example = "end_time")]
    field: &'static str,
    #[schema(example = "Is before start_time.")]
    detail: &'static str,
}

impl From<Event> for EventView {
    fn from(event: Event) -> Self {
        Self {
            id: event.id.to_string(),
            name: event.name,
            description: event.description,
            location: event.location,
            start_time: event.start,
            end_time: event.end,
            status: event.status.name(),
            category: event.category,
            quota: event.quota,
            organizer: event.organizer.to_string(),
            time_zone: event.zone.name().to_owned(),
            region: event.region.map(|region| region.to_string()),
            reminders: event.reminders.map(|rules| rules.names()),
            created_at: event.created_at,
            updated_at: event.updated_at,
            warnings: Vec::new(),
        }
    }
}

impl EventView {
    /// An event as a change left it, with what is odd about it.
    pub(super) fn changed(event: Event) -> Self {
        let is_inverted = event.end < event.start;
        let warning = is_inverted.then_some(Warning {
            field: "end_time",
            detail: "Is before start_time.",
        });
        Self {
            warnings: warning.into_iter().collect(),
            ..event.into()
        }
    }
}

/// A part of the list of events.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventList {
    pub(super) events: Vec<EventView>,
    /// Give as `cursor` to go on; null at the end.
    pub(super) next: Option<String>,
}

/// The seats that are left.
#[derive(Serialize, ToSchema)]
pub(crate) struct Availability {
    event: String,
    quota: u32,
    remaining: u32,
    tickets: Vec<TicketAvailability>,
}

/// The tickets of a kind that are left.
#[derive(Serialize, ToSchema)]
pub(crate) struct TicketAvailability {
    id: String,
    quota: u32,
    remaining: u32,
    /// Whether a person could register themselves by it now.
    on_sale: bool,
}

impl Availability {
    pub(super) fn at(seats: &Seats, now: Timestamp) -> Self {
        let tickets = seats.tickets.iter().map(|(id, stock)| TicketAvailability {
            id: id.to_string(),
            quota: stock.quota,
            remaining: stock.free(),
            on_sale: seats.refusal(*id, now, false).is_none(),
        });
        Self {
            event: seats.event.to_string(),
            quota: seats.quota,
            remaining: seats.free(),
            tickets: tickets.collect(),
        }
    }
}
