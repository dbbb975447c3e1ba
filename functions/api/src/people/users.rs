use axum::{Json, http::StatusCode};
use jiff::Timestamp;
use kabar_app::people::{NewUser, UserChange};
use kabar_domain::{
    Language, Zone,
    ids::UserId,
    people::{Email, Password, Profile, User, Username, person_name},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::frame::{
    Anyone, Body, Entity, Fields, Id, IfMatch, ListQuery, Listing, LoggedIn, Params, Request, Result, Sent,
    Staff, read_text,
};

const LISTING: Listing = Listing {
    name: "users",
    is_sort_key: |key| UserId::parse(key).is_some(),
};

/// A person with an account.
#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserView {
    id: String,
    username: String,
    email: String,
    /// Perhaps empty, never null.
    first_name: String,
    /// Perhaps empty, never null.
    last_name: String,
    /// IANA name of the zone by which they are told times.
    #[schema(example = "Asia/Jakarta")]
    time_zone: String,
    /// What they read: `en` or `id`.
    #[schema(example = "id")]
    language: &'static str,
    is_superuser: bool,
    /// Names of the groups they are in.
    groups: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    date_joined: Timestamp,
}

impl From<User> for UserView {
    fn from(user: User) -> Self {
        Self {
            id: user.id.to_string(),
            username: user.profile.username.as_str().to_owned(),
            email: user.profile.email.as_str().to_owned(),
            first_name: user.profile.first_name,
            last_name: user.profile.last_name,
            time_zone: user.profile.zone.name().to_owned(),
            language: user.profile.language.code(),
            is_superuser: user.is_superuser,
            groups: user.groups.into_iter().map(|(_, name)| name).collect(),
            date_joined: user.date_joined,
        }
    }
}

/// A part of the list of users.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserList {
    users: Vec<UserView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// What it takes to become a user.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewUser)]
pub(crate) struct NewUserBody {
    /// Letters, digits and `@ . + - _`; unique, ignoring case.
    #[schema(value_type = String, max_length = 150, required, example = "sari.dewi")]
    username: Sent,
    /// Unique, ignoring case.
    #[schema(value_type = String, max_length = 254, required, example = "sari@example.com")]
    email: Sent,
    /// At least 8 characters, not all digits, not the username.
    #[schema(value_type = String, min_length = 8, required, example = "correct horse battery")]
    password: Sent,
    #[schema(value_type = Option<String>, max_length = 150, example = "Sari")]
    first_name: Sent,
    #[schema(value_type = Option<String>, max_length = 150, example = "Dewi")]
    last_name: Sent,
    /// IANA name; UTC unless said.
    #[schema(value_type = Option<String>, example = "Asia/Jakarta")]
    time_zone: Sent,
    /// `en` or `id`; `en` unless said.
    #[schema(value_type = Option<String>, example = "id")]
    language: Sent,
}

/// What is to change of a user; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = UserChange)]
pub(crate) struct UserChangeBody {
    /// Letters, digits and `@ . + - _`; unique, ignoring case.
    #[schema(value_type = String, max_length = 150, example = "sari.dewi")]
    username: Sent,
    /// Unique, ignoring case.
    #[schema(value_type = String, max_length = 254, example = "sari@example.com")]
    email: Sent,
    /// At least 8 characters, not all digits, not the username. Ends all sessions of the user, but for the one in
    /// which they give it to themselves.
    #[schema(value_type = String, min_length = 8, example = "correct horse battery")]
    password: Sent,
    /// Null empties it.
    #[schema(value_type = Option<String>, max_length = 150, example = "Sari")]
    first_name: Sent,
    /// Null empties it.
    #[schema(value_type = Option<String>, max_length = 150, example = "Dewi")]
    last_name: Sent,
    /// IANA name.
    #[schema(value_type = String, example = "Asia/Jakarta")]
    time_zone: Sent,
    /// `en` or `id`.
    #[schema(value_type = String, example = "id")]
    language: Sent,
}

impl UserChangeBody {
    fn read(&self) -> Result<UserChange> {
        let mut fields = Fields::default();
        let username = fields.change("username", &self.username, |v| Username::parse(read_text(v)?));
        let email = fields.change("email", &self.email, |v| Email::parse(read_text(v)?));
        let password = fields.change("password", &self.password, |v| {
            Password::parse(read_text(v)?, username.as_ref())
        });
        let first_name = fields.optional("first_name", &self.first_name, |v| person_name(read_text(v)?));
        let last_name = fields.optional("last_name", &self.last_name, |v| person_name(read_text(v)?));
        let zone = fields.change("time_zone", &self.time_zone, |v| Zone::parse(read_text(v)?));
        let language = fields.change("language", &self.language, |v| Language::parse(read_text(v)?));
        fields.done()?;
        let name = |sent: &Sent, read: Option<String>| sent.is_there().then(|| read.unwrap_or_default());
        Ok(UserChange {
            username,
            email,
            password,
            first_name: name(&self.first_name, first_name),
            last_name: name(&self.last_name, last_name),
            zone,
            language,
        })
    }
}

/// Sign up.
#[utoipa::path(post, path = "/api/users/", tag = "people", request_body = NewUserBody,
    responses((status = 201, body = UserView)))]
pub(crate) async fn create_user(
    _: Anyone,
    Request(app): Request,
    Body(body): Body<NewUserBody>,
) -> Result<Entity<UserView>> {
    let mut fields = Fields::default();
    let username = fields.required("username", &body.username, |v| Username::parse(read_text(v)?));
    let email = fields.required("email", &body.email, |v| Email::parse(read_text(v)?));
    let password = fields.required("password", &body.password, |v| {
        Password::parse(read_text(v)?, username.as_ref())
    });
    let first_name = fields.optional("first_name", &body.first_name, |v| person_name(read_text(v)?));
    let last_name = fields.optional("last_name", &body.last_name, |v| person_name(read_text(v)?));
    let zone = fields.optional("time_zone", &body.time_zone, |v| Zone::parse(read_text(v)?));
    let language = fields.optional("language", &body.language, |v| Language::parse(read_text(v)?));
    let (username, email, password) = fields.all((username, email, password))?;
    let profile = Profile {
        username,
        email,
        first_name: first_name.unwrap_or_default(),
        last_name: last_name.unwrap_or_default(),
        zone: zone.unwrap_or_else(Zone::utc),
        language: language.unwrap_or_default(),
    };
    let user = app.sign_up(NewUser { profile, password }).await?;
    Ok(Entity::versioned(user.version, user.into()).created())
}

/// All users, the newest first.
#[utoipa::path(get, path = "/api/users/", tag = "people",
    params(("q" = Option<String>, Query, description = "Only whoever has this username or email address", example = "sari")),
    responses((status = 200, body = UserList)))]
pub(crate) async fn list_users(_: Staff, Request(app): Request, params: Params) -> Result<Json<UserList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = query.window(LISTING);
    let named = query.parameter("q", |raw| Ok(raw.trim().to_owned()));
    query.fields.done()?;
    let (users, next) = match named {
        Some(name) => (app.user_named(&name).await?.into_iter().collect(), None),
        None => {
            let all = app.users(&window).await?;
            (all.entries, all.next)
        }
    };
    Ok(Json(UserList {
        users: users.into_iter().map(UserView::from).collect(),
        next: next.map(|key| LISTING.cursor(&key)),
    }))
}

/// Who am I?
#[utoipa::path(get, path = "/api/users/me/", tag = "people", responses((status = 200, body = UserView)))]
pub(crate) async fn get_me(LoggedIn(caller): LoggedIn, Request(app): Request) -> Result<Entity<UserView>> {
    let user = app.me(&caller).await?;
    Ok(Entity::versioned(user.version, user.into()))
}

/// A user: for staff, and for themselves.
#[utoipa::path(get, path = "/api/users/{id}/", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = UserView)))]
pub(crate) async fn get_user(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<UserId>,
) -> Result<Entity<UserView>> {
    let user = app.user(&caller, id).await?;
    Ok(Entity::versioned(user.version, user.into()))
}

/// Change a user: for superusers, and for themselves. What is absent stays.
#[utoipa::path(put, path = "/api/users/{id}/", tag = "people", params(("id" = String, Path)),
    request_body = UserChangeBody,
    responses((status = 200, body = UserView), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn replace_user(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<UserId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<UserChangeBody>,
) -> Result<Entity<UserView>> {
    let user = app.change_user(&caller, id, expected, &body.read()?).await?;
    Ok(Entity::versioned(user.version, user.into()))
}

/// Change a user: for superusers, and for themselves. What is absent stays.
#[utoipa::path(patch, path = "/api/users/{id}/", tag = "people", params(("id" = String, Path)),
    request_body = UserChangeBody,
    responses((status = 200, body = UserView), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn change_user(
    caller: LoggedIn,
    app: Request,
    id: Id<UserId>,
    expected: IfMatch,
    body: Body<UserChangeBody>,
) -> Result<Entity<UserView>> {
    replace_user(caller, app, id, expected, body).await
}

/// Delete a user: for superusers, and for themselves. They are logged out everywhere at once; their registrations and
/// subscriptions go too. Events that they organize stay.
#[utoipa::path(delete, path = "/api/users/{id}/", tag = "people", params(("id" = String, Path)),
    responses((status = 204), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn delete_user(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<UserId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.remove_user(&caller, id, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}
