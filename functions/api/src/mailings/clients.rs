use axum::{Json, http::StatusCode};
use kabar_domain::{
    ids::ClientId,
    mailings::{ClientFilter, OperatorCode, Phone, Tag},
};

use super::client_view::{ClientBody, ClientChangeBody, ClientList, ClientView};
use crate::frame::{Body, Entity, Fields, Id, IfMatch, ListQuery, Listing, Params, Request, Result, Staff};

pub(super) const LISTING: Listing = Listing {
    name: "clients",
    is_sort_key: |key| ClientId::parse(key).is_some(),
};

/// Which clients are asked for; what is wrong is noted.
pub(super) fn filter(query: &mut ListQuery<'_>) -> ClientFilter {
    ClientFilter {
        operator_code: query.parameter("operator_code", OperatorCode::parse),
        tag: query.parameter("tag", Tag::parse),
        // A `+` that is not escaped is a blank in a query.
        phone: query.parameter("phone", Phone::parse),
    }
}

/// Clients, the newest first.
#[utoipa::path(get, path = "/api/clients/", tag = "mailings",
    params(("operator_code" = Option<String>, Query, description = "Only of this operator", example = "916"),
           ("tag" = Option<String>, Query, description = "Only with this tag; empty for those without one", example = "vip"),
           ("phone" = Option<String>, Query, description = "Only the one with this phone", example = "79161234567")),
    responses((status = 200, body = ClientList)))]
pub(crate) async fn list_clients(
    _: Staff,
    Request(app): Request,
    params: Params,
) -> Result<Json<ClientList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = query.window(LISTING);
    let filter = filter(&mut query);
    query.fields.done()?;
    let found = app.clients(&filter, &window).await?;
    Ok(Json(ClientList {
        clients: found.entries.into_iter().map(ClientView::from).collect(),
        next: found.next.map(|key| LISTING.cursor(&key)),
    }))
}

/// Add a client.
#[utoipa::path(post, path = "/api/clients/", tag = "mailings", request_body = ClientBody,
    responses((status = 201, body = ClientView)))]
pub(crate) async fn create_client(
    _: Staff,
    Request(app): Request,
    Body(body): Body<ClientBody>,
) -> Result<Entity<ClientView>> {
    let client = app.add_client(body.read()?).await?;
    Ok(Entity::versioned(client.version, client.into()).created())
}

/// A client.
#[utoipa::path(get, path = "/api/clients/{id}/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 200, body = ClientView)))]
pub(crate) async fn get_client(
    _: Staff,
    Request(app): Request,
    Id(id): Id<ClientId>,
) -> Result<Entity<ClientView>> {
    let client = app.client(id).await?;
    Ok(Entity::versioned(client.version, client.into()))
}

/// Describe a client anew.
#[utoipa::path(put, path = "/api/clients/{id}/", tag = "mailings", params(("id" = String, Path)),
    request_body = ClientBody, responses((status = 200, body = ClientView)))]
pub(crate) async fn replace_client(
    _: Staff,
    Request(app): Request,
    Id(id): Id<ClientId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<ClientBody>,
) -> Result<Entity<ClientView>> {
    let client = app.change_client(id, expected, body.read_whole()?).await?;
    Ok(Entity::versioned(client.version, client.into()))
}

/// Change a client.
#[utoipa::path(patch, path = "/api/clients/{id}/", tag = "mailings", params(("id" = String, Path)),
    request_body = ClientChangeBody, responses((status = 200, body = ClientView)))]
pub(crate) async fn change_client(
    _: Staff,
    Request(app): Request,
    Id(id): Id<ClientId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<ClientChangeBody>,
) -> Result<Entity<ClientView>> {
    let client = app.change_client(id, expected, body.read()?).await?;
    Ok(Entity::versioned(client.version, client.into()))
}

/// Remove a client.
#[utoipa::path(delete, path = "/api/clients/{id}/", tag = "mailings", params(("id" = String, Path)),
    responses((status = 204)))]
pub(crate) async fn delete_client(
    _: Staff,
    Request(app): Request,
    Id(id): Id<ClientId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.remove_client(id, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}
