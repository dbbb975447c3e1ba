use axum::{Json, http::StatusCode, response::Response};
use jiff::Timestamp;
use kabar_app::events::{NewTicket, TicketChange};
use kabar_domain::{
    Invalid, bounded_text,
    events::{TICKET_NAME_MAX, Ticket},
    ids::{EventId, TicketId},
};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};
use utoipa::ToSchema;

use super::read::{self, Read};
use crate::frame::{
    Anyone, Body, Entity, Fields, Id, IfMatch, ListQuery, Listing, Organizers, Params, Request, Result, Sent,
    money, read_millis, read_text, whole_number,
};

const LISTING: Listing = Listing {
    name: "tickets",
    is_sort_key: |key| TicketId::parse(key).is_some(),
};

/// A kind of ticket of an event.
#[derive(Serialize, ToSchema)]
#[schema(as = Ticket)]
pub(crate) struct TicketView {
    id: String,
    #[schema(example = "Festival")]
    name: String,
    #[schema(value_type = f64, example = 150000)]
    price: Number,
    #[schema(value_type = String, format = DateTime)]
    sales_start: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    sales_end: Timestamp,
    quota: u32,
    /// The event's id.
    event: String,
}

impl From<Ticket> for TicketView {
    fn from(ticket: Ticket) -> Self {
        Self {
            id: ticket.id.to_string(),
            price: read::number(ticket.price),
            sales_start: ticket.sales_start,
            sales_end: ticket.sales_end,
            quota: ticket.quota,
            event: ticket.event.to_string(),
            name: ticket.name,
        }
    }
}

/// A part of the list of tickets.
#[derive(Serialize, ToSchema)]
pub(crate) struct TicketList {
    tickets: Vec<TicketView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// What a kind of ticket is to be.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewTicket)]
pub(crate) struct TicketBody {
    #[schema(value_type = String, required, example = "01990000-0000-7000-8000-000000000002")]
    event_id: Sent,
    #[schema(value_type = String, max_length = 100, required, example = "Festival")]
    name: Sent,
    #[schema(schema_with = money, required)]
    price: Sent,
    #[schema(value_type = String, required, example = "2026-11-01 00:00")]
    sales_start: Sent,
    #[schema(value_type = String, required, example = "2026-12-05 17:00")]
    sales_end: Sent,
    #[schema(schema_with = whole_number, required)]
    quota: Sent,
}

/// What is to change of a kind of ticket; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = TicketChange)]
pub(crate) struct TicketChangeBody {
    /// It stays with its event.
    #[schema(value_type = String)]
    event_id: Sent,
    #[schema(value_type = String, max_length = 100, example = "Festival")]
    name: Sent,
    #[schema(schema_with = money)]
    price: Sent,
    #[schema(value_type = String, example = "2026-11-01 00:00")]
    sales_start: Sent,
    #[schema(value_type = String, example = "2026-12-05 17:00")]
    sales_end: Sent,
    #[schema(schema_with = whole_number)]
    quota: Sent,
}

fn name(value: &Value) -> Read<String> {
    bounded_text(read_text(value)?, TICKET_NAME_MAX)
}

impl TicketBody {
    fn read(&self) -> Result<NewTicket> {
        let mut fields = Fields::default();
        let event = fields.required("event_id", &self.event_id, read::event);
        let name = fields.required("name", &self.name, name);
        let price = fields.required("price", &self.price, read::money);
        let sales_start = fields.required("sales_start", &self.sales_start, read_millis);
        let sales_end = fields.required("sales_end", &self.sales_end, read_millis);
        let quota = fields.required("quota", &self.quota, read::quota);
        let (event, name, price, sales_start, sales_end, quota) =
            fields.all((event, name, price, sales_start, sales_end, quota))?;
        Ok(NewTicket {
            event,
            name,
            price,
            sales_start,
            sales_end,
            quota,
        })
    }
}

impl TicketChangeBody {
    fn read(&self) -> Result<TicketChange> {
        let mut fields = Fields::default();
        let change = TicketChange {
            event: fields.change("event_id", &self.event_id, read::event),
            name: fields.change("name", &self.name, name),
            price: fields.change("price", &self.price, read::money),
            sales_start: fields.change("sales_start", &self.sales_start, read_millis),
            sales_end: fields.change("sales_end", &self.sales_end, read_millis),
            quota: fields.change("quota", &self.quota, read::quota),
        };
        fields.done()?;
        Ok(change)
    }
}

/// Tickets, the newest first. `X-Data-Source` says whether they came from the cache.
#[utoipa::path(get, path = "/api/tickets/", tag = "events",
    params(("event" = Option<String>, Query, description = "Only of this event")),
    responses((status = 200, body = TicketList, headers(("X-Data-Source" = String, description = "`cache` or `database`")))))]
pub(crate) async fn list_tickets(_: Anyone, Request(app): Request, params: Params) -> Result<Response> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = query.window(LISTING);
    let event = query.parameter("event", |raw| {
        EventId::parse(raw).ok_or_else(|| Invalid::because("Must be the id of an event."))
    });
    query.fields.done()?;
    let (found, source) = app.tickets(event, &window).await?;
    let next = found.next.map(|key| LISTING.cursor(&key));
    let tickets = found.entries.into_iter().map(TicketView::from).collect();
    Ok(read::from(source, Json(TicketList { tickets, next })))
}

/// Add a kind of ticket to an event.
#[utoipa::path(post, path = "/api/tickets/", tag = "events", request_body = TicketBody,
    responses((status = 201, body = TicketView)))]
pub(crate) async fn create_ticket(
    Organizers(caller): Organizers,
    Request(app): Request,
    Body(body): Body<TicketBody>,
) -> Result<Entity<TicketView>> {
    let ticket = app.add_ticket(&caller, body.read()?).await?;
    Ok(Entity::versioned(ticket.version, ticket.into()).created())
}

/// A kind of ticket. `X-Data-Source` says whether it came from the cache.
#[utoipa::path(get, path = "/api/tickets/{id}/", tag = "events", params(("id" = String, Path)),
    responses((status = 200, body = TicketView, headers(("X-Data-Source" = String, description = "`cache` or `database`")))))]
pub(crate) async fn get_ticket(_: Anyone, Request(app): Request, Id(id): Id<TicketId>) -> Result<Response> {
    let (ticket, source) = app.ticket(id).await?;
    let version = ticket.version;
    Ok(read::from(
        source,
        Entity::versioned(version, TicketView::from(ticket)),
    ))
}

/// Describe a kind of ticket anew.
#[utoipa::path(put, path = "/api/tickets/{id}/", tag = "events", params(("id" = String, Path)),
    request_body = TicketBody, responses((status = 200, body = TicketView), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn replace_ticket(
    Organizers(caller): Organizers,
    Request(app): Request,
    Id(id): Id<TicketId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<TicketBody>,
) -> Result<Entity<TicketView>> {
    let new = body.read()?;
    let change = TicketChange {
        event: Some(new.event),
        name: Some(new.name),
        price: Some(new.price),
        sales_start: Some(new.sales_start),
        sales_end: Some(new.sales_end),
        quota: Some(new.quota),
    };
    let ticket = app.change_ticket(&caller, id, expected, change).await?;
    Ok(Entity::versioned(ticket.version, ticket.into()))
}

/// Change a kind of ticket.
#[utoipa::path(patch, path = "/api/tickets/{id}/", tag = "events", params(("id" = String, Path)),
    request_body = TicketChangeBody, responses((status = 200, body = TicketView), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn change_ticket(
    Organizers(caller): Organizers,
    Request(app): Request,
    Id(id): Id<TicketId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<TicketChangeBody>,
) -> Result<Entity<TicketView>> {
    let ticket = app.change_ticket(&caller, id, expected, body.read()?).await?;
    Ok(Entity::versioned(ticket.version, ticket.into()))
}

/// Remove a kind of ticket with its registrations; completed payments for them are due to be refunded.
#[utoipa::path(delete, path = "/api/tickets/{id}/", tag = "events", params(("id" = String, Path)),
    responses((status = 204)))]
pub(crate) async fn delete_ticket(
    Organizers(caller): Organizers,
    Request(app): Request,
    Id(id): Id<TicketId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.remove_ticket(&caller, id, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}
