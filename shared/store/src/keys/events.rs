//! Keys of the table of events.

use jiff::Timestamp;
use kabar_domain::{
    events::{Removal, Term},
    ids::{EventId, PaymentId, PosterId, RegistrationId, TicketId, UserId},
};

use super::{Key, key};
use crate::instant::digits;

pub(crate) fn event(id: EventId) -> Key {
    key(format!("event#{id}"), "event")
}
pub(crate) fn seats(event: EventId) -> Key {
    key(format!("event#{event}"), "seats")
}
/// How far the reminding of an event is.
pub(crate) fn reminders(event: EventId) -> Key {
    key(format!("event#{event}"), "reminders")
}
/// Where an event is found by a term; listed by id, and by start in the list index.
pub(crate) fn entry(term: &Term, event: EventId) -> Key {
    key(entries(term), event.to_string())
}
pub(crate) fn entries(term: &Term) -> String {
    format!("events#{}", term.as_str())
}
pub(crate) fn start(start: Timestamp, event: EventId) -> String {
    format!("{}#{event}", digits(start))
}
pub(crate) fn starting(from: Timestamp) -> String {
    digits(from)
}
pub(crate) const TICKETS: &str = "tickets";
pub(crate) fn ticket(id: TicketId) -> Key {
    key(TICKETS.to_owned(), id.to_string())
}
pub(crate) const REGISTRATIONS: &str = "registrations";
pub(crate) fn registration(id: RegistrationId) -> Key {
    key(format!("registration#{id}"), "registration")
}
/// One registration for a ticket and person: the key says so.
pub(crate) fn holder(event: EventId, ticket: TicketId, user: UserId) -> Key {
    key(holders(event), format!("{user}#{ticket}"))
}
/// The ticket in a sort key of the holders.
pub(crate) fn ticket_held(sk: &str) -> Option<TicketId> {
    TicketId::parse(sk.split_once('#')?.1)
}
/// What follows all that a person holds of an event, and comes before what the next person holds.
pub(crate) fn after_holder(user: UserId) -> String {
    format!("{user}$")
}
pub(crate) fn holders(event: EventId) -> String {
    format!("holders#{event}")
}
pub(crate) fn registrations_of(user: UserId) -> String {
    format!("registrations#{user}")
}
pub(crate) fn sold_by(organizer: UserId, id: RegistrationId) -> Key {
    key(sales(organizer), id.to_string())
}
pub(crate) fn sales(organizer: UserId) -> String {
    format!("sales#{organizer}")
}
pub(crate) const PAYMENTS: &str = "payments";
pub(crate) fn payment(id: PaymentId) -> Key {
    key(format!("payment#{id}"), "payment")
}
pub(crate) fn paid_for(event: EventId, registration: RegistrationId, id: PaymentId) -> Key {
    key(payments_of_event(event), format!("{registration}#{id}"))
}
pub(crate) fn payments_of_event(event: EventId) -> String {
    format!("payments#{event}")
}
pub(crate) fn payments_for(registration: RegistrationId) -> String {
    format!("{registration}#")
}
pub(crate) fn payments_of(user: UserId) -> String {
    format!("payments#{user}")
}
pub(crate) fn earned_by(organizer: UserId, id: PaymentId) -> Key {
    key(earnings(organizer), id.to_string())
}
pub(crate) fn earnings(organizer: UserId) -> String {
    format!("earnings#{organizer}")
}
pub(crate) const REFUNDS: &str = "refunds";
pub(crate) fn refund(id: PaymentId) -> Key {
    key(REFUNDS.to_owned(), id.to_string())
}
pub(crate) fn poster(event: EventId, id: PosterId) -> Key {
    key(posters(event), id.to_string())
}
pub(crate) fn posters(event: EventId) -> String {
    format!("posters#{event}")
}
/// How many posters an event has.
pub(crate) fn poster_count(event: EventId) -> Key {
    key(format!("event#{event}"), "posters")
}
/// How far the sweep for pictures without a poster is.
pub(crate) fn orphan_sweep() -> Key {
    key("sweeps".to_owned(), "orphans")
}
pub(crate) const REMOVALS: &str = "removals";
pub(crate) fn removal(removal: Removal) -> Key {
    let (of, id) = match removal {
        Removal::Event(id) => ("event", id.to_string()),
        Removal::Ticket(id) => ("ticket", id.to_string()),
        Removal::User(id) => ("user", id.to_string()),
        Removal::Organizer(id) => ("organizer", id.to_string()),
    };
    key(REMOVALS.to_owned(), format!("{of}#{id}"))
}
/// What is removed under a sort key of the removals.
pub(crate) fn removal_of(sk: &str) -> Option<Removal> {
    let (of, id) = sk.split_once('#')?;
    Some(match of {
        "event" => Removal::Event(EventId::parse(id)?),
        "ticket" => Removal::Ticket(TicketId::parse(id)?),
        "user" => Removal::User(UserId::parse(id)?),
        "organizer" => Removal::Organizer(EventId::parse(id)?),
        _ => return None,
    })
}
pub(crate) fn cached_event(id: EventId) -> Key {
    key(format!("cache#event#{id}"), "cache")
}
pub(crate) fn cached_ticket(id: TicketId) -> Key {
    key(format!("cache#ticket#{id}"), "cache")
}
/// A page of the ticket list; `event` is the one whose tickets are listed.
pub(crate) fn cached_list(event: Option<EventId>, limit: u16, after: Option<TicketId>) -> Key {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    key(generation(event).pk, format!("page#{limit}#{after}"))
}
/// How often the tickets of an event, or all tickets, have changed.
pub(crate) fn generation(event: Option<EventId>) -> Key {
    let whose = event.map_or_else(|| "all".to_owned(), |event| event.to_string());
    key(format!("cache#tickets#{whose}"), "generation")
}
/// The event of a partition.
pub(crate) fn event_of(pk: &str) -> Option<EventId> {
    EventId::parse(pk.strip_prefix("event#")?)
}
