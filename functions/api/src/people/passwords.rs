use axum::{Json, http::StatusCode};
use kabar_domain::people::{Email, Password};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::frame::{Anyone, Body, Fields, Request, Result, Sent, read_text};

/// Whose password is forgotten.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ForgottenPassword)]
pub(crate) struct ForgotBody {
    /// The address of the account.
    #[schema(value_type = String, max_length = 254, required, example = "sari@example.com")]
    email: Sent,
}

/// What becomes of the request.
#[derive(Serialize, ToSchema)]
#[schema(as = ForgottenPasswordTaken)]
pub(crate) struct ForgotView {
    #[schema(example = "If there is an account with this address, a code is on its way to it.")]
    message: &'static str,
}

/// A new password, and the code that allows it.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PasswordReset)]
pub(crate) struct ResetBody {
    /// The code from the mail; good once, for an hour.
    #[schema(value_type = String, required, example = "the code from the mail")]
    token: Sent,
    /// At least 8 characters, not all digits, not the username.
    #[schema(value_type = String, min_length = 8, required, example = "correct horse battery")]
    password: Sent,
}

/// Have a code for a new password mailed. The answer is the same whether or not there is such an account.
#[utoipa::path(post, path = "/api/password/forgot/", tag = "people", request_body = ForgotBody,
    responses((status = 202, body = ForgotView)))]
pub(crate) async fn forgot_password(
    _: Anyone,
    Request(app): Request,
    Body(body): Body<ForgotBody>,
) -> Result<(StatusCode, Json<ForgotView>)> {
    let mut fields = Fields::default();
    let email = fields.required("email", &body.email, |v| Email::parse(read_text(v)?));
    app.forgot_password(&fields.all(email)?).await?;
    let message = "If there is an account with this address, a code is on its way to it.";
    Ok((StatusCode::ACCEPTED, Json(ForgotView { message })))
}

/// Set a new password with a code from a mail. All sessions end.
#[utoipa::path(post, path = "/api/password/reset/", tag = "people", request_body = ResetBody,
    responses((status = 204)))]
pub(crate) async fn reset_password(
    _: Anyone,
    Request(app): Request,
    Body(body): Body<ResetBody>,
) -> Result<StatusCode> {
    let mut fields = Fields::default();
    let token = fields.required("token", &body.token, |v| read_text(v).map(str::to_owned));
    let password = fields.required("password", &body.password, |v| {
        let password = read_text(v)?;
        // Without a token there is no account to hold it to, but it can be bad by itself.
        if token.is_none() {
            Password::parse(password, None)?;
        }
        Ok(password.to_owned())
    });
    let (token, password) = fields.all((token, password))?;
    app.reset_password(&token, &password).await?;
    Ok(StatusCode::NO_CONTENT)
}
