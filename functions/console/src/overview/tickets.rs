use super::{FIRST, shown, text};
use crate::{
    entity::{Cell, Kind},
    held::{held, ticket_names},
    web::Reader,
};

/// Of how many registrations, the newest, what is to come is shown.
const MOST: usize = 50;

/// A ticket that they hold for an event ahead.
pub(super) struct Ticket {
    pub(super) href: String,
    pub(super) event: String,
    pub(super) ticket: String,
    pub(super) start: Cell,
    pub(super) location: String,
}

/// What they hold for events that have not ended, the earliest first.
pub(super) async fn tickets(reader: &Reader) -> Option<Vec<Ticket>> {
    let held = held(reader, MOST).await.ok()?;
    let each = held
        .iter()
        .flat_map(|held| held.registrations.iter().map(move |one| (&held.event, one)));
    let ahead: Vec<_> = each.take(FIRST).collect();
    let names = ticket_names(reader, ahead.iter().map(|(_, one)| *one))
        .await
        .ok()?;
    let tickets = ahead.into_iter().map(|(event, one)| Ticket {
        href: format!("/registrations/{}", text(one, "id")),
        event: text(event, "name"),
        ticket: names.get(&text(one, "ticket")).cloned().unwrap_or_default(),
        start: shown(reader, "start_time", Kind::Time, event),
        location: text(event, "location"),
    });
    Some(tickets.collect())
}
