use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, builders::UpdateBuilder};
use jiff::Timestamp;
use kabar_domain::{
    events::{Event, EventStatus, Reminders, Seats, Stock, Ticket},
    ids::{EventId, NoticeId, TicketId, UserId},
};
use serde::{Deserialize, Serialize};

use super::{
    Events,
    items::{id, keyed, notice},
};
use crate::{
    Result,
    db::{item, n, s},
    instant::Millis,
    keys,
    writes::{checked, updated},
};

/// The seats of an event: small, for every sale writes it.
#[derive(Serialize, Deserialize)]
struct SeatsItem {
    event: String,
    status: String,
    organizer: String,
    quota: u32,
    taken: u32,
    /// The last reminder of the start, once it has gone out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reminded: Option<String>,
    tickets: HashMap<String, StockItem>,
    tickets_version: u64,
}

#[derive(Serialize, Deserialize)]
struct StockItem {
    quota: u32,
    taken: u32,
    sales_start: Millis,
    sales_end: Millis,
}

/// A sale, as far as seats know of it.
pub(super) struct Sale {
    pub(super) event: EventId,
    pub(super) ticket: TicketId,
    /// Whose event it has to be.
    pub(super) organizer: UserId,
    /// When somebody registers themselves; nothing at the box office.
    pub(super) within: Option<Timestamp>,
    /// The last reminder that has to have gone out, or none.
    pub(super) reminded: Option<NoticeId>,
}

impl Events {
    /// The seats of an event; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn seats(&self, event: EventId) -> Result<Option<Seats>> {
        let found: Option<SeatsItem> = self.0.get(keys::seats(event)).await?;
        found.map(SeatsItem::into_seats).transpose()
    }

    pub(super) fn put_seats(&self, event: &Event) -> Result<TransactWriteItem> {
        let seats = SeatsItem {
            event: event.id.to_string(),
            status: event.status.name().to_owned(),
            organizer: event.organizer.to_string(),
            quota: event.quota,
            taken: 0,
            reminded: None,
            tickets: HashMap::new(),
            tickets_version: 0,
        };
        self.0.put_new(keyed(keys::seats(event.id), None, &seats)?)
    }

    /// What an event's change means to its seats: there may not be fewer than are taken, and if its reminders change,
    /// the last one may be another, or none yet.
    pub(super) fn move_seats(
        &self,
        event: &Event,
        reminders: Option<&Reminders>,
    ) -> Result<TransactWriteItem> {
        let last = reminders.map(Reminders::last);
        let expression = match last {
            Some(Some(_)) => {
                "SET quota = :quota, #status = :status, organizer = :organizer, reminded = :reminded"
            }
            Some(None) => "SET quota = :quota, #status = :status, organizer = :organizer REMOVE reminded",
            None => "SET quota = :quota, #status = :status, organizer = :organizer",
        };
        let update = self
            .0
            .update(keys::seats(event.id))
            .update_expression(expression)
            .condition_expression("taken <= :quota")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":quota", n(event.quota))
            .expression_attribute_values(":status", s(event.status.name()))
            .expression_attribute_values(":organizer", s(event.organizer.to_string()));
        let update = match last.flatten() {
            Some(notice) => update.expression_attribute_values(":reminded", s(notice.to_string())),
            None => update,
        };
        updated(update)
    }

    /// Takes a seat, if there is one: the condition decides, never a read.
    pub(super) fn take_seat(&self, sale: &Sale) -> Result<TransactWriteItem> {
        let window = match sale.within {
            Some(_) => {
                "AND #status IN (:scheduled, :ongoing) \
                        AND tickets.#ticket.sales_start <= :now AND tickets.#ticket.sales_end >= :now"
            }
            None => "AND #status IN (:scheduled, :ongoing, :completed)",
        };
        let reminded = match sale.reminded {
            Some(_) => "reminded = :reminded",
            None => "attribute_not_exists(reminded)",
        };
        let mut update = self
            .0
            .update(keys::seats(sale.event))
            .update_expression(
                "SET taken = taken + :one, tickets.#ticket.taken = tickets.#ticket.taken + :one",
            )
            .condition_expression(format!(
                "taken < quota AND tickets.#ticket.taken < tickets.#ticket.quota AND organizer = :organizer \
                 AND {reminded} {window}"
            ))
            .expression_attribute_names("#ticket", sale.ticket.to_string())
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":organizer", s(sale.organizer.to_string()))
            .expression_attribute_values(":scheduled", s(EventStatus::Scheduled.name()))
            .expression_attribute_values(":ongoing", s(EventStatus::Ongoing.name()));
        update = match sale.within {
            Some(now) => update.expression_attribute_values(":now", n(now.as_millisecond())),
            None => update.expression_attribute_values(":completed", s(EventStatus::Completed.name())),
        };
        if let Some(notice) = sale.reminded {
            update = update.expression_attribute_values(":reminded", s(notice.to_string()));
        }
        updated(update)
    }

    /// Notes that the last reminder of an event went out: whoever registers now was not on it.
    pub(super) fn note_reminded(&self, event: EventId, notice: NoticeId) -> Result<TransactWriteItem> {
        let update = self
            .0
            .update(keys::seats(event))
            .update_expression("SET reminded = :notice")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":notice", s(notice.to_string()));
        updated(update)
    }

    /// Holds a transaction to the last reminder of an event being this one, or none.
    pub(super) fn check_reminded(
        &self,
        event: EventId,
        reminded: Option<NoticeId>,
    ) -> Result<TransactWriteItem> {
        let check = self.0.check(keys::seats(event));
        checked(match reminded {
            Some(notice) => check
                .condition_expression("reminded = :reminded")
                .expression_attribute_values(":reminded", s(notice.to_string())),
            None => check.condition_expression("attribute_not_exists(reminded)"),
        })
    }

    /// Gives a seat back.
    pub(super) fn free_seat(&self, event: EventId, ticket: TicketId) -> Result<TransactWriteItem> {
        let update = self
            .0
            .update(keys::seats(event))
            .update_expression(
                "SET taken = taken - :one, tickets.#ticket.taken = tickets.#ticket.taken - :one",
            )
            .condition_expression("attribute_exists(tickets.#ticket)")
            .expression_attribute_names("#ticket", ticket.to_string())
            .expression_attribute_values(":one", n(1));
        updated(update)
    }

    /// Takes a seat by another ticket of the same event for one by this ticket.
    pub(super) fn trade_seat(
        &self,
        event: EventId,
        from: TicketId,
        to: TicketId,
    ) -> Result<TransactWriteItem> {
        let update = self
            .0
            .update(keys::seats(event))
            .update_expression(
                "SET tickets.#from.taken = tickets.#from.taken - :one, tickets.#to.taken = tickets.#to.taken + :one",
            )
            .condition_expression(
                "attribute_exists(tickets.#from) AND tickets.#to.taken < tickets.#to.quota AND #status <> :cancelled",
            )
            .expression_attribute_names("#from", from.to_string())
            .expression_attribute_names("#to", to.to_string())
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":cancelled", s(EventStatus::Cancelled.name()));
        updated(update)
    }

    /// Adds a ticket's part.
    pub(super) fn add_stock(&self, seats: &Seats, ticket: &Ticket) -> Result<TransactWriteItem> {
        let update = self
            .change_tickets(seats)
            .update_expression("SET tickets.#ticket = :stock, tickets_version = tickets_version + :one")
            .expression_attribute_names("#ticket", ticket.id.to_string())
            .expression_attribute_values(":stock", AttributeValue::M(item(&StockItem::from(ticket))?));
        updated(update)
    }

    /// Writes a ticket's part anew: there may not be fewer than are taken.
    pub(super) fn change_stock(&self, ticket: &Ticket) -> Result<TransactWriteItem> {
        let update = self
            .0
            .update(keys::seats(ticket.event))
            .update_expression(
                "SET tickets.#ticket.quota = :quota, tickets.#ticket.sales_start = :start, \
                 tickets.#ticket.sales_end = :end",
            )
            .condition_expression("tickets.#ticket.taken <= :quota")
            .expression_attribute_names("#ticket", ticket.id.to_string())
            .expression_attribute_values(":quota", n(ticket.quota))
            .expression_attribute_values(":start", n(ticket.sales_start.as_millisecond()))
            .expression_attribute_values(":end", n(ticket.sales_end.as_millisecond()));
        updated(update)
    }

    /// Takes a ticket's part out, with all seats that were taken by it.
    pub(super) fn drop_stock(
        &self,
        seats: &Seats,
        ticket: TicketId,
        taken: u32,
    ) -> Result<TransactWriteItem> {
        let update = self
            .0
            .update(keys::seats(seats.event))
            .update_expression(
                "SET taken = taken - :taken, tickets_version = tickets_version + :one REMOVE tickets.#ticket",
            )
            .condition_expression("tickets.#ticket.taken = :taken")
            .expression_attribute_names("#ticket", ticket.to_string())
            .expression_attribute_values(":taken", n(taken))
            .expression_attribute_values(":one", n(1));
        updated(update)
    }

    /// The start of an update of seats whose kinds of ticket are still those that were read.
    fn change_tickets(&self, seats: &Seats) -> UpdateBuilder {
        self.0
            .update(keys::seats(seats.event))
            .condition_expression("tickets_version = :version")
            .expression_attribute_values(":version", n(seats.tickets_version))
            .expression_attribute_values(":one", n(1))
    }
}

impl From<&Ticket> for StockItem {
    fn from(ticket: &Ticket) -> Self {
        Self {
            quota: ticket.quota,
            taken: 0,
            sales_start: ticket.sales_start.into(),
            sales_end: ticket.sales_end.into(),
        }
    }
}

impl SeatsItem {
    fn into_seats(self) -> Result<Seats> {
        let stock = |(ticket, item): (String, StockItem)| -> Result<(TicketId, Stock)> {
            let stock = Stock {
                quota: item.quota,
                taken: item.taken,
                sales_start: item.sales_start.into(),
                sales_end: item.sales_end.into(),
            };
            Ok((id(TicketId::parse(&ticket))?, stock))
        };
        Ok(Seats {
            event: id(EventId::parse(&self.event))?,
            status: EventStatus::parse(&self.status)?,
            organizer: id(UserId::parse(&self.organizer))?,
            quota: self.quota,
            taken: self.taken,
            reminded: notice(self.reminded)?,
            tickets: self.tickets.into_iter().map(stock).collect::<Result<_>>()?,
            tickets_version: self.tickets_version,
        })
    }
}
