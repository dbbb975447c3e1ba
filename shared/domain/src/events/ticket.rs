use jiff::Timestamp;

use super::Money;
use crate::ids::{EventId, TicketId};

/// The longest name of a ticket, in characters.
pub const TICKET_NAME_MAX: usize = 100;

/// A kind of ticket of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Which.
    pub id: TicketId,
    /// Whose tickets they are.
    pub event: EventId,
    /// What it is called.
    pub name: String,
    /// What one costs.
    pub price: Money,
    /// From when people can register themselves.
    pub sales_start: Timestamp,
    /// Until when they can.
    pub sales_end: Timestamp,
    /// How many there are.
    pub quota: u32,
    /// How often it has changed; the entity tag.
    pub version: u64,
}
