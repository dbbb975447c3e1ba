//! Things to ask the API for, made through it.

use kabar_domain::World;
use kabar_kit::SystemWorld;
use serde_json::{Value, json};

use crate::{counter::Counter, failure::Result};

/// So many hours from now.
fn hours(hours: i64) -> String {
    let later = jiff::SignedDuration::from_hours(hours);
    SystemWorld
        .now()
        .saturating_add(later)
        .map_or_else(|_| String::new(), |time| time.to_string())
}

/// What a new event is sent as.
pub(crate) fn event_body(quota: u32) -> Value {
    json!({ "name": "Jazz di Bandung", "description": "Three bands, one night.", "location": "Gedung Merdeka, Bandung",
        "start_time": hours(48), "end_time": hours(52), "category": "music", "quota": quota })
}

/// A new event's id.
pub(crate) async fn event(counter: &mut Counter, token: &str, quota: u32) -> Result<String> {
    counter.make("/api/events/", token, event_body(quota)).await?.id()
}

/// The id of a new kind of ticket, on sale.
pub(crate) async fn ticket(counter: &mut Counter, token: &str, event: &str, quota: u32) -> Result<String> {
    let body = json!({ "event_id": event, "name": "Festival", "price": 150_000, "sales_start": hours(-1),
        "sales_end": hours(47), "quota": quota });
    counter.make("/api/tickets/", token, body).await?.id()
}

/// What a new payment is sent as.
pub(crate) fn payment_body(registration: &str) -> Value {
    json!({ "registration_id": registration, "payment_method": "QRIS", "amount_paid": 150_000 })
}
