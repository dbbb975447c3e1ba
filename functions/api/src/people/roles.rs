use axum::{Json, http::StatusCode};
use kabar_domain::{
    Invalid,
    ids::{GroupId, UserId},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::frame::{Body, Fields, Request, Result, Sent, Superuser, read_text, whole_number};

/// Who is to be in which group.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = RoleAssignment)]
pub(crate) struct AssignmentBody {
    #[schema(value_type = String, required, example = "01990000-0000-7000-8000-000000000001")]
    user_id: Sent,
    #[schema(schema_with = whole_number, required)]
    group_id: Sent,
}

/// What was done.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleAssigned {
    #[schema(example = "The user is in the group.")]
    message: &'static str,
}

impl AssignmentBody {
    fn read(&self) -> Result<(UserId, GroupId)> {
        let mut fields = Fields::default();
        let no_user = || Invalid::because("There is no such user.");
        let user = fields.required("user_id", &self.user_id, |v| {
            UserId::parse(read_text(v)?).ok_or_else(no_user)
        });
        let group = fields.required("group_id", &self.group_id, read_group);
        fields.all((user, group))
    }
}

fn read_group(value: &Value) -> std::result::Result<GroupId, Invalid> {
    let number = match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64().and_then(|number| number.try_into().ok()),
    };
    number.ok_or_else(|| Invalid::because("Must be the number of a group."))
}

/// Put a user into a group, which may give them a role.
#[utoipa::path(post, path = "/api/assign-roles/", tag = "people", request_body = AssignmentBody,
    responses((status = 201, body = RoleAssigned)))]
pub(crate) async fn assign_role(
    _: Superuser,
    Request(app): Request,
    Body(body): Body<AssignmentBody>,
) -> Result<(StatusCode, Json<RoleAssigned>)> {
    let (user, group) = body.read()?;
    app.assign_role(user, group).await?;
    Ok((
        StatusCode::CREATED,
        Json(RoleAssigned {
            message: "The user is in the group.",
        }),
    ))
}

/// Take a user out of a group.
#[utoipa::path(delete, path = "/api/assign-roles/", tag = "people", request_body = AssignmentBody,
    responses((status = 204)))]
pub(crate) async fn take_role(
    _: Superuser,
    Request(app): Request,
    Body(body): Body<AssignmentBody>,
) -> Result<StatusCode> {
    let (user, group) = body.read()?;
    app.take_role(user, group).await?;
    Ok(StatusCode::NO_CONTENT)
}
