use axum::{Json, http::StatusCode};
use jiff::Timestamp;
use kabar_app::events::{NewRegistration, RegistrationChange, RegistrationFilter};
use kabar_domain::{
    Invalid,
    events::Registration,
    ids::{EventId, RegistrationId, TicketId, UserId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::read;
use crate::frame::{
    Body, Entity, Fields, Id, IfMatch, ListQuery, Listing, LoggedIn, Params, Request, Result, Sent,
};

const LISTING: Listing = Listing {
    name: "registrations",
    is_sort_key: |key| RegistrationId::parse(key).is_some(),
};

/// Those of an event: where one is among them says who holds it, and by which ticket.
const OF_EVENT: Listing = Listing {
    name: "event-registrations",
    is_sort_key: |key| {
        let place = key.split_once('#');
        place.is_some_and(|(user, ticket)| UserId::parse(user).is_some() && TicketId::parse(ticket).is_some())
    },
};

/// One person's seat at an event.
#[derive(Serialize, ToSchema)]
#[schema(as = Registration)]
pub(crate) struct RegistrationView {
    id: String,
    /// The user's id.
    user: String,
    /// The ticket's id.
    ticket: String,
    /// The event's id.
    event: String,
    /// `confirmed`; a cancelled registration is gone.
    #[schema(example = "confirmed")]
    status: &'static str,
    #[schema(value_type = String, format = DateTime)]
    registered_at: Timestamp,
}

impl From<Registration> for RegistrationView {
    fn from(registration: Registration) -> Self {
        Self {
            id: registration.id.to_string(),
            user: registration.user.to_string(),
            ticket: registration.ticket.to_string(),
            event: registration.event.to_string(),
            status: "confirmed",
            registered_at: registration.registered_at,
        }
    }
}

/// A part of the list of registrations.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegistrationList {
    registrations: Vec<RegistrationView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// Who wants to come, by which ticket.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewRegistration)]
pub(crate) struct RegistrationBody {
    #[schema(value_type = String, required, example = "01990000-0000-7000-8000-000000000003")]
    ticket_id: Sent,
    /// The caller unless said; others by staff and the event's organizer only.
    #[schema(value_type = Option<String>)]
    user_id: Sent,
}

/// What is to change of a registration; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = RegistrationChange)]
pub(crate) struct RegistrationChangeBody {
    /// Another ticket of the same event.
    #[schema(value_type = String, example = "01990000-0000-7000-8000-000000000003")]
    ticket_id: Sent,
    /// Another person.
    #[schema(value_type = String)]
    user_id: Sent,
}

/// Registrations, the newest first unless `order` says otherwise, or of an event in the order of its people, the last first:
/// for staff all, for organizers those of their events and their own, for others their own.
#[utoipa::path(get, path = "/api/registrations/", tag = "events",
    params(("user" = Option<String>, Query, description = "Only of this person: `me`, or their id; of others for staff, and with `event` for its organizer", example = "me"),
           ("event" = Option<String>, Query, description = "Only for this event; not all of them to whoever does not look after it, but their own"),
           ("order" = Option<String>, Query, pattern = r"^(newest|oldest)$", description = "Which come first; the newest unless said. A cursor is good for its own order. Those of an event have but one", example = "oldest")),
    responses((status = 200, body = RegistrationList), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn list_registrations(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    params: Params,
) -> Result<Json<RegistrationList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let (listing, window) = match params.get("event") {
        Some(_) => (OF_EVENT, query.window(OF_EVENT)),
        None => (LISTING, query.ordered(LISTING)),
    };
    let filter = RegistrationFilter {
        user: query.parameter("user", |raw| match raw {
            "me" => Ok(caller.user),
            id => UserId::parse(id).ok_or_else(|| Invalid::because("Must be me, or the id of a user.")),
        }),
        event: query.parameter("event", |raw| {
            EventId::parse(raw).ok_or_else(|| Invalid::because("Must be the id of an event."))
        }),
    };
    query.fields.done()?;
    let found = app.registrations(&caller, filter, &window).await?;
    let next = found.next.map(|key| listing.next(&window, &key));
    Ok(Json(RegistrationList {
        registrations: found.entries.into_iter().map(RegistrationView::from).collect(),
        next,
    }))
}

/// Take a seat, or at the box office one for somebody else.
#[utoipa::path(post, path = "/api/registrations/", tag = "events", request_body = RegistrationBody,
    responses((status = 201, body = RegistrationView), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn register(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Body(body): Body<RegistrationBody>,
) -> Result<Entity<RegistrationView>> {
    let mut fields = Fields::default();
    let ticket = fields.required("ticket_id", &body.ticket_id, read::ticket);
    let user = fields.optional("user_id", &body.user_id, read::user);
    let ticket = fields.all(ticket)?;
    let registration = app.register(&caller, NewRegistration { ticket, user }).await?;
    Ok(Entity::versioned(registration.version, registration.into()).created())
}

/// A registration: for staff, its holder, and the event's organizer.
#[utoipa::path(get, path = "/api/registrations/{id}/", tag = "events", params(("id" = String, Path)),
    responses((status = 200, body = RegistrationView), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn get_registration(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<RegistrationId>,
) -> Result<Entity<RegistrationView>> {
    let registration = app.registration(&caller, id).await?;
    Ok(Entity::versioned(registration.version, registration.into()))
}

/// Move a registration to another ticket of its event, or to another person: for staff and the event's organizer.
#[utoipa::path(put, path = "/api/registrations/{id}/", tag = "events", params(("id" = String, Path)),
    request_body = RegistrationBody,
    responses((status = 200, body = RegistrationView), (status = 403, body = crate::frame::ProblemBody),
              (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn replace_registration(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<RegistrationId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<RegistrationBody>,
) -> Result<Entity<RegistrationView>> {
    let mut fields = Fields::default();
    let ticket = fields.required("ticket_id", &body.ticket_id, read::ticket);
    let user = fields.optional("user_id", &body.user_id, read::user);
    let ticket = Some(fields.all(ticket)?);
    let change = RegistrationChange { ticket, user };
    let registration = app.change_registration(&caller, id, expected, change).await?;
    Ok(Entity::versioned(registration.version, registration.into()))
}

/// Move a registration to another ticket of its event, or to another person: for staff and the event's organizer.
#[utoipa::path(patch, path = "/api/registrations/{id}/", tag = "events", params(("id" = String, Path)),
    request_body = RegistrationChangeBody,
    responses((status = 200, body = RegistrationView), (status = 403, body = crate::frame::ProblemBody),
              (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn change_registration(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<RegistrationId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<RegistrationChangeBody>,
) -> Result<Entity<RegistrationView>> {
    let mut fields = Fields::default();
    let ticket = fields.change("ticket_id", &body.ticket_id, read::ticket);
    let user = fields.change("user_id", &body.user_id, read::user);
    fields.done()?;
    let change = RegistrationChange { ticket, user };
    let registration = app.change_registration(&caller, id, expected, change).await?;
    Ok(Entity::versioned(registration.version, registration.into()))
}

/// Cancel a registration: for its holder, staff, and the event's organizer. The seat is free again.
#[utoipa::path(delete, path = "/api/registrations/{id}/", tag = "events", params(("id" = String, Path)),
    responses((status = 204), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn cancel_registration(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<RegistrationId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.cancel_registration(&caller, id, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}
