use axum::{Json, http::StatusCode, response::Response};
use kabar_domain::{
    Invalid,
    events::{EventFilter, EventStatus, words},
    ids::{EventId, UserId},
};
use kabar_store::Window;

use super::{
    event_body::{EventBody, EventChangeBody},
    event_order::EventOrder,
    event_view::{Availability, EventList, EventView},
    read,
};
use crate::frame::{
    Anyone, Body, Entity, Fields, Id, IfMatch, ListQuery, Listing, Organizers, Params, Request, Result,
    read_time,
};

/// Listed by id, or by start and id.
const LISTING: Listing = Listing {
    name: "events",
    is_sort_key: |key| {
        let (start, id) = key.split_once('#').unwrap_or(("", key));
        start.bytes().all(|byte| byte.is_ascii_digit()) && EventId::parse(id).is_some()
    },
};

/// Events, the newest first, or as `order` says; with `from` or `to` by their start, the earliest first.
#[utoipa::path(get, path = "/api/events/", tag = "events",
    params(("status" = Option<String>, Query, description = "Only with this status"),
           ("category" = Option<String>, Query, description = "Only of this category"),
           ("organizer" = Option<String>, Query, description = "Only of this organizer"),
           ("from" = Option<String>, Query, description = "Beginning at this time or later", example = "2026-12-01 00:00"),
           ("to" = Option<String>, Query, description = "Beginning before this time", example = "2027-01-01T00:00:00+07:00"),
           ("q" = Option<String>, Query, description = "Only with all these words in their name", example = "jazz bandung"),
           ("order" = Option<String>, Query, pattern = r"^(newest|oldest|earliest|latest)$",
               description = "Which come first: the `newest` or the `oldest`, by when they were added, or the `earliest` or the `latest`, by their start, which alone go with `from` and `to`. A cursor is good for its own order", example = "earliest")),
    responses((status = 200, body = EventList)))]
pub(crate) async fn list_events(_: Anyone, Request(app): Request, params: Params) -> Result<Json<EventList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let order = query.parameter("order", EventOrder::parse);
    let filter = EventFilter {
        status: query.parameter("status", EventStatus::parse),
        category: query.parameter("category", |raw| Ok(raw.to_owned())),
        organizer: query.parameter("organizer", |raw| {
            UserId::parse(raw).ok_or_else(|| Invalid::because("Must be the id of a user."))
        }),
        from: query.parameter("from", read_time),
        to: query.parameter("to", read_time),
        words: query.parameter("q", |raw| Ok(words(raw))).unwrap_or_default(),
        by_start: order.is_some_and(EventOrder::is_by_start),
    };
    let order = order.unwrap_or(match filter.is_by_start() {
        true => EventOrder::Earliest,
        false => EventOrder::Newest,
    });
    if filter.is_by_start() && !order.is_by_start() {
        let refused = Invalid::because("Must be earliest or latest with from or to.");
        let _: Option<()> = query.fields.refuse("order", refused);
    }
    let window = Window {
        order: order.of_window(),
        ..query.within(LISTING, order.name())
    };
    query.fields.done()?;
    let found = app.events(&filter, &window).await?;
    let next = found.next.map(|key| LISTING.cursor_in(order.name(), &key));
    Ok(Json(EventList {
        events: found.entries.into_iter().map(EventView::from).collect(),
        next,
    }))
}

/// Add an event.
#[utoipa::path(post, path = "/api/events/", tag = "events", request_body = EventBody,
    responses((status = 201, body = EventView)))]
pub(crate) async fn create_event(
    Organizers(caller): Organizers,
    Request(app): Request,
    Body(body): Body<EventBody>,
) -> Result<Entity<EventView>> {
    let event = app.add_event(&caller, body.read()?).await?;
    Ok(Entity::versioned(event.version, event.into()).created())
}

/// An event. `X-Data-Source` says whether it came from the cache.
#[utoipa::path(get, path = "/api/events/{id}/", tag = "events", params(("id" = String, Path)),
    responses((status = 200, body = EventView, headers(("X-Data-Source" = String, description = "`cache` or `database`")))))]
pub(crate) async fn get_event(_: Anyone, Request(app): Request, Id(id): Id<EventId>) -> Result<Response> {
    let (event, source) = app.event(id).await?;
    let version = event.version;
    Ok(read::from(
        source,
        Entity::versioned(version, EventView::from(event)),
    ))
}

/// The seats that are left, as of now.
#[utoipa::path(get, path = "/api/events/{id}/availability/", tag = "events", params(("id" = String, Path)),
    responses((status = 200, body = Availability)))]
pub(crate) async fn get_availability(
    _: Anyone,
    Request(app): Request,
    Id(id): Id<EventId>,
) -> Result<Entity<Availability>> {
    let seats = app.seats(id).await?;
    Ok(Entity::unversioned(Availability::at(&seats, app.world.now())))
}

/// Describe an event anew. It may end before it begins while it is being edited; `warnings` then says so.
#[utoipa::path(put, path = "/api/events/{id}/", tag = "events", params(("id" = String, Path)),
    request_body = EventBody, responses((status = 200, body = EventView), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn replace_event(
    Organizers(caller): Organizers,
    Request(app): Request,
    Id(id): Id<EventId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<EventBody>,
) -> Result<Entity<EventView>> {
    let event = app.change_event(&caller, id, expected, body.read_anew()?).await?;
    Ok(Entity::versioned(event.version, EventView::changed(event)))
}

/// Change an event. It may end before it begins while it is being edited; `warnings` then says so.
#[utoipa::path(patch, path = "/api/events/{id}/", tag = "events", params(("id" = String, Path)),
    request_body = EventChangeBody, responses((status = 200, body = EventView), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn change_event(
    Organizers(caller): Organizers,
    Request(app): Request,
    Id(id): Id<EventId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<EventChangeBody>,
) -> Result<Entity<EventView>> {
    let event = app.change_event(&caller, id, expected, body.read()?).await?;
    Ok(Entity::versioned(event.version, EventView::changed(event)))
}

/// Remove an event with its tickets, registrations, payments and posters.
#[utoipa::path(delete, path = "/api/events/{id}/", tag = "events", params(("id" = String, Path)),
    responses((status = 204)))]
pub(crate) async fn delete_event(
    Organizers(caller): Organizers,
    Request(app): Request,
    Id(id): Id<EventId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.remove_event(&caller, id, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}
