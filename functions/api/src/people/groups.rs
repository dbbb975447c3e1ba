use axum::{Json, http::StatusCode};
use kabar_domain::{
    Invalid,
    ids::GroupId,
    people::{Group, GroupName},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::frame::{
    Body, Entity, Fields, Id, IfMatch, Listing, Params, Request, Result, Sent, Superuser, read_text,
};

const LISTING: Listing = Listing {
    name: "groups",
    is_sort_key: |key| key.parse::<GroupId>().is_ok(),
};

/// A group of people. Members of the groups named `admin` and `organizer` have those roles.
#[derive(Serialize, ToSchema)]
#[schema(as = Group)]
pub(crate) struct GroupView {
    #[schema(value_type = u32, example = 1)]
    id: GroupId,
    #[schema(example = "organizer")]
    name: String,
}

impl From<Group> for GroupView {
    fn from(group: Group) -> Self {
        Self {
            id: group.id,
            name: group.name,
        }
    }
}

/// A part of the list of groups.
#[derive(Serialize, ToSchema)]
pub(crate) struct GroupList {
    groups: Vec<GroupView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// What a group is to be called.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewGroup)]
pub(crate) struct GroupBody {
    /// Unique.
    #[schema(value_type = String, max_length = 150, required, example = "organizer")]
    name: Sent,
}

/// What is to change of a group; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = GroupChange)]
pub(crate) struct GroupChangeBody {
    /// Unique.
    #[schema(value_type = String, max_length = 150, example = "organizer")]
    name: Sent,
}

impl GroupBody {
    fn read(&self) -> Result<GroupName> {
        let mut fields = Fields::default();
        let name = fields.required("name", &self.name, read_name);
        fields.all(name)
    }
}

fn read_name(value: &Value) -> std::result::Result<GroupName, Invalid> {
    GroupName::parse(read_text(value)?)
}

/// All groups, the newest first.
#[utoipa::path(get, path = "/api/groups/", tag = "people", responses((status = 200, body = GroupList)))]
pub(crate) async fn list_groups(
    _: Superuser,
    Request(app): Request,
    params: Params,
) -> Result<Json<GroupList>> {
    let groups = app.groups(&params.window(LISTING)?).await?;
    let next = groups.next.map(|key| LISTING.cursor(&key));
    Ok(Json(GroupList {
        groups: groups.entries.into_iter().map(GroupView::from).collect(),
        next,
    }))
}

/// Add a group.
#[utoipa::path(post, path = "/api/groups/", tag = "people", request_body = GroupBody,
    responses((status = 201, body = GroupView)))]
pub(crate) async fn create_group(
    _: Superuser,
    Request(app): Request,
    Body(body): Body<GroupBody>,
) -> Result<Entity<GroupView>> {
    let group = app.add_group(&body.read()?).await?;
    Ok(Entity::versioned(group.version, group.into()).created())
}

/// A group.
#[utoipa::path(get, path = "/api/groups/{id}/", tag = "people", params(("id" = u32, Path)),
    responses((status = 200, body = GroupView)))]
pub(crate) async fn get_group(
    _: Superuser,
    Request(app): Request,
    Id(id): Id<GroupId>,
) -> Result<Entity<GroupView>> {
    let group = app.group(id).await?;
    Ok(Entity::versioned(group.version, group.into()))
}

/// Rename a group, which may give its members other roles.
#[utoipa::path(put, path = "/api/groups/{id}/", tag = "people", params(("id" = u32, Path)),
    request_body = GroupBody, responses((status = 200, body = GroupView)))]
pub(crate) async fn replace_group(
    _: Superuser,
    Request(app): Request,
    Id(id): Id<GroupId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<GroupBody>,
) -> Result<Entity<GroupView>> {
    let group = app.rename_group(id, expected, &body.read()?).await?;
    Ok(Entity::versioned(group.version, group.into()))
}

/// Rename a group, which may give its members other roles.
#[utoipa::path(patch, path = "/api/groups/{id}/", tag = "people", params(("id" = u32, Path)),
    request_body = GroupChangeBody, responses((status = 200, body = GroupView)))]
pub(crate) async fn change_group(
    _: Superuser,
    Request(app): Request,
    Id(id): Id<GroupId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<GroupChangeBody>,
) -> Result<Entity<GroupView>> {
    let mut fields = Fields::default();
    let name = fields.change("name", &body.name, read_name);
    fields.done()?;
    let group = match name {
        Some(name) => app.rename_group(id, expected, &name).await?,
        None => {
            let group = app.group(id).await?;
            expected.check(group.version)?;
            group
        }
    };
    Ok(Entity::versioned(group.version, group.into()))
}

/// Remove a group; its members leave it first.
#[utoipa::path(delete, path = "/api/groups/{id}/", tag = "people", params(("id" = u32, Path)),
    responses((status = 204)))]
pub(crate) async fn delete_group(
    _: Superuser,
    Request(app): Request,
    Id(id): Id<GroupId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.remove_group(id, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}
