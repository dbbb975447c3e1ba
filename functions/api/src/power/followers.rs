use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use kabar_app::power::NewFollowing;
use kabar_domain::{
    Invalid,
    ids::{RegionId, UserId},
    power::{Channel, Following},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::frame::{Fields, Id, Listing, LoggedIn, Params, PerhapsBody, Request, Result, Sent, read_text};

const LISTING: Listing = Listing {
    name: "followers",
    is_sort_key: |key| {
        key.split_once('#').is_some_and(|(since, user)| {
            since.bytes().all(|byte| byte.is_ascii_digit()) && UserId::parse(user).is_some()
        })
    },
};

/// That a person is told about a region.
#[derive(Serialize, ToSchema)]
#[schema(as = Follower)]
pub(crate) struct FollowerView {
    region: String,
    user: String,
    /// How they are told.
    #[schema(example = json!(["email"]))]
    channels: Vec<&'static str>,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

impl From<Following> for FollowerView {
    fn from(following: Following) -> Self {
        Self {
            region: following.region.to_string(),
            user: following.user.to_string(),
            channels: following.channels.into_iter().map(Channel::name).collect(),
            since: following.since,
        }
    }
}

/// A part of the list of followers.
#[derive(Serialize, ToSchema)]
pub(crate) struct FollowerList {
    followers: Vec<FollowerView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// Who wants to be told, and how.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewFollower)]
pub(crate) struct FollowBody {
    /// The caller unless said; others by staff only.
    #[schema(value_type = Option<String>)]
    user_id: Sent,
    /// `email` unless said, `telegram`, or both. Who is told by Telegram connects a chat for it, now or later.
    #[schema(value_type = Option<Vec<String>>, example = json!(["email"]))]
    channels: Sent,
}

fn read_user(value: &Value) -> std::result::Result<UserId, Invalid> {
    UserId::parse(read_text(value)?).ok_or_else(|| Invalid::because("There is no such user."))
}

fn read_channels(value: &Value) -> std::result::Result<Vec<Channel>, Invalid> {
    let names = value.as_array().filter(|names| !names.is_empty());
    let names = names.ok_or_else(|| Invalid::because("Must be a list with at least one channel."))?;
    let mut channels = names
        .iter()
        .map(|name| match Channel::parse(read_text(name)?) {
            Ok(channel @ (Channel::Email | Channel::Telegram)) => Ok(channel),
            Ok(Channel::Sms) | Err(_) => Err(Invalid::because("Must be one of email, telegram.")),
        })
        .collect::<std::result::Result<Vec<_>, _>>()?;
    channels.sort_unstable();
    channels.dedup();
    Ok(channels)
}

/// The followers of a region: for staff all, for others themselves.
#[utoipa::path(get, path = "/api/regions/{id}/followers/", tag = "power", params(("id" = String, Path)),
    responses((status = 200, body = FollowerList)))]
pub(crate) async fn list_followers(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(region): Id<RegionId>,
    params: Params,
) -> Result<Json<FollowerList>> {
    let found = app.followers(&caller, region, &params.window(LISTING)?).await?;
    let next = found.next.map(|key| LISTING.cursor(&key));
    Ok(Json(FollowerList {
        followers: found.entries.into_iter().map(FollowerView::from).collect(),
        next,
    }))
}

/// Follow a region, or have somebody follow it. Again, it answers 200 with the same.
#[utoipa::path(post, path = "/api/regions/{id}/followers/", tag = "power", params(("id" = String, Path)),
    request_body = Option<FollowBody>,
    responses((status = 201, body = FollowerView), (status = 200, body = FollowerView),
              (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn follow(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(region): Id<RegionId>,
    PerhapsBody(body): PerhapsBody<FollowBody>,
) -> Result<Response> {
    let mut fields = Fields::default();
    let user = fields.optional("user_id", &body.user_id, read_user);
    let channels = fields.optional("channels", &body.channels, read_channels);
    fields.done()?;
    let new = NewFollowing {
        user,
        channels: channels.unwrap_or_else(|| vec![Channel::Email]),
    };
    let (following, is_new) = app.follow(&caller, region, new).await?;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(FollowerView::from(following))).into_response())
}

/// Follow a region no more.
#[utoipa::path(delete, path = "/api/regions/{id}/followers/{user_id}/", tag = "power",
    params(("id" = String, Path), ("user_id" = String, Path)), responses((status = 204)))]
pub(crate) async fn unfollow(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id((region, user)): Id<(RegionId, UserId)>,
) -> Result<StatusCode> {
    app.unfollow(&caller, region, user).await?;
    Ok(StatusCode::NO_CONTENT)
}
