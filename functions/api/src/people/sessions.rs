use axum::{Json, http::StatusCode};
use kabar_app::people::TokenPair;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::frame::{
    Anyone, Body, ClientAddress, Fields, LoggedIn, PerhapsBody, Request, Result, Sent, read_text,
};

/// What opens the API.
#[derive(Serialize, ToSchema)]
#[schema(as = TokenPair)]
pub(crate) struct TokenPairView {
    /// Good once, for the next pair.
    refresh: String,
    /// Sent with every request as `Authorization: Bearer`.
    access: String,
}

impl From<TokenPair> for TokenPairView {
    fn from(pair: TokenPair) -> Self {
        Self {
            refresh: pair.refresh,
            access: pair.access,
        }
    }
}

/// Who wants to log in.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = Credentials)]
pub(crate) struct CredentialsBody {
    /// Username or email address.
    #[schema(value_type = String, required, example = "sari.dewi")]
    username: Sent,
    #[schema(value_type = String, required, example = "correct horse battery")]
    password: Sent,
}

/// A refresh token.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = RefreshToken)]
pub(crate) struct RefreshBody {
    #[schema(value_type = String, required, example = "the refresh token of the session")]
    refresh: Sent,
}

/// Which session to end.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = SessionToEnd)]
pub(crate) struct LogOutBody {
    /// The session's refresh token; without it all of the caller's sessions end.
    #[schema(value_type = Option<String>, example = "the refresh token of the session to end")]
    refresh: Sent,
}

/// Log in. After ten failed tries in a quarter of an hour, for one account or from one address, wait for the next.
#[utoipa::path(post, path = "/api/login/", tag = "people", request_body = CredentialsBody,
    responses((status = 200, body = TokenPairView), (status = 401, body = crate::frame::ProblemBody),
              (status = 429, body = crate::frame::ProblemBody)))]
pub(crate) async fn log_in(
    _: Anyone,
    Request(app): Request,
    ClientAddress(address): ClientAddress,
    Body(body): Body<CredentialsBody>,
) -> Result<Json<TokenPairView>> {
    let mut fields = Fields::default();
    let username = fields.required("username", &body.username, |v| read_text(v).map(str::to_owned));
    let password = fields.required("password", &body.password, |v| read_text(v).map(str::to_owned));
    let (username, password) = fields.all((username, password))?;
    Ok(Json(app.log_in(&username, &password, address).await?.into()))
}

/// Trade a refresh token for a new pair; the old one is then good for nothing.
#[utoipa::path(post, path = "/api/token/", tag = "people", request_body = RefreshBody,
    responses((status = 200, body = TokenPairView), (status = 401, body = crate::frame::ProblemBody)))]
pub(crate) async fn refresh(
    _: Anyone,
    Request(app): Request,
    Body(body): Body<RefreshBody>,
) -> Result<Json<TokenPairView>> {
    let mut fields = Fields::default();
    let token = fields.required("refresh", &body.refresh, |v| read_text(v).map(str::to_owned));
    let token = fields.all(token)?;
    Ok(Json(app.refresh(&token).await?.into()))
}

/// End one session, or all of one's own.
#[utoipa::path(post, path = "/api/logout/", tag = "people", request_body = Option<LogOutBody>,
    responses((status = 204)))]
pub(crate) async fn log_out(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    PerhapsBody(body): PerhapsBody<LogOutBody>,
) -> Result<StatusCode> {
    let mut fields = Fields::default();
    let refresh = fields.optional("refresh", &body.refresh, |v| read_text(v).map(str::to_owned));
    fields.done()?;
    app.log_out(&caller, refresh.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
