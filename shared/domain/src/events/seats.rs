use std::collections::BTreeMap;

use jiff::Timestamp;

use super::EventStatus;
use crate::ids::{EventId, NoticeId, TicketId, UserId};

/// How many kinds of ticket an event can have: all of them are removed with it in one transaction of a hundred items.
pub const MOST_TICKETS: usize = 40;

/// The seats of an event and of each of its tickets. At every moment *taken + free = quota*, for the event and for
/// each ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seats {
    /// Whose seats they are.
    pub event: EventId,
    /// How far the event is.
    pub status: EventStatus,
    /// Whose event it is.
    pub organizer: UserId,
    /// How many people fit in.
    pub quota: u32,
    /// How many are coming.
    pub taken: u32,
    /// The last reminder of the event's start, if it has gone out.
    pub reminded: Option<NoticeId>,
    /// The part of each kind of ticket.
    pub tickets: BTreeMap<TicketId, Stock>,
    /// How often tickets were added or removed.
    pub tickets_version: u64,
}

/// How many of a kind of ticket there are, and when they are on sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// How many there are.
    pub quota: u32,
    /// How many are taken.
    pub taken: u32,
    /// From when people can register themselves.
    pub sales_start: Timestamp,
    /// Until when they can.
    pub sales_end: Timestamp,
}

/// Why there is no seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSeat {
    /// The event or the ticket is gone.
    Gone,
    /// The event is cancelled.
    Cancelled,
    /// The event is over.
    Completed,
    /// Sale has not begun.
    TooEarly,
    /// Sale is over.
    TooLate,
    /// No ticket of this kind is left.
    TicketSoldOut,
    /// No seat is left.
    EventSoldOut,
}

impl Stock {
    /// How many are left.
    #[must_use]
    pub const fn free(&self) -> u32 {
        self.quota.saturating_sub(self.taken)
    }
}

impl Seats {
    /// How many seats are left.
    #[must_use]
    pub const fn free(&self) -> u32 {
        self.quota.saturating_sub(self.taken)
    }

    /// Why a ticket cannot be had at `now`, if so. The box office sells outside of the sale window, and for events
    /// that are over; nobody sells a seat that is not there.
    #[must_use]
    pub fn refusal(&self, ticket: TicketId, now: Timestamp, is_box_office: bool) -> Option<NoSeat> {
        let Some(stock) = self.tickets.get(&ticket) else {
            return Some(NoSeat::Gone);
        };
        match self.status {
            EventStatus::Cancelled => Some(NoSeat::Cancelled),
            EventStatus::Completed if !is_box_office => Some(NoSeat::Completed),
            _ if !is_box_office && now < stock.sales_start => Some(NoSeat::TooEarly),
            _ if !is_box_office && now > stock.sales_end => Some(NoSeat::TooLate),
            _ if stock.free() == 0 => Some(NoSeat::TicketSoldOut),
            _ if self.free() == 0 => Some(NoSeat::EventSoldOut),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_is_named_and_the_box_office_has_fewer() {
        let ticket = TicketId::from_bytes([1; 16]);
        let at = |second| Timestamp::from_second(second).unwrap();
        let stock = Stock {
            quota: 2,
            taken: 1,
            sales_start: at(100),
            sales_end: at(200),
        };
        let seats = Seats {
            event: EventId::from_bytes([2; 16]),
            status: EventStatus::Scheduled,
            organizer: UserId::from_bytes([3; 16]),
            quota: 10,
            taken: 1,
            reminded: None,
            tickets: BTreeMap::from([(ticket, stock.clone())]),
            tickets_version: 1,
        };
        let with = |status, quota, taken| Seats {
            status,
            quota,
            tickets: BTreeMap::from([(
                ticket,
                Stock {
                    taken,
                    ..stock.clone()
                },
            )]),
            ..seats.clone()
        };
        let open = EventStatus::Scheduled;
        let cases = [
            (with(open, 10, 1), 99, Some(NoSeat::TooEarly), None),
            (with(open, 10, 1), 100, None, None),
            (with(open, 10, 1), 200, None, None),
            (with(open, 10, 1), 201, Some(NoSeat::TooLate), None),
            (with(EventStatus::Ongoing, 10, 1), 150, None, None),
            (
                with(EventStatus::Completed, 10, 1),
                150,
                Some(NoSeat::Completed),
                None,
            ),
            (
                with(EventStatus::Cancelled, 10, 1),
                150,
                Some(NoSeat::Cancelled),
                Some(NoSeat::Cancelled),
            ),
            (
                with(open, 10, 2),
                150,
                Some(NoSeat::TicketSoldOut),
                Some(NoSeat::TicketSoldOut),
            ),
            (
                with(open, 1, 1),
                150,
                Some(NoSeat::EventSoldOut),
                Some(NoSeat::EventSoldOut),
            ),
        ];
        for (seats, second, person, box_office) in cases {
            assert_eq!(
                seats.refusal(ticket, at(second), false),
                person,
                "{seats:?} at {second}"
            );
            assert_eq!(
                seats.refusal(ticket, at(second), true),
                box_office,
                "{seats:?} at {second}"
            );
        }
        let other = TicketId::from_bytes([9; 16]);
        assert_eq!(seats.refusal(other, at(150), true), Some(NoSeat::Gone));
    }
}
