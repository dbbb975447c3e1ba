use axum::{Json, http::StatusCode};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::frame::{LoggedIn, Request, Result};

/// A link that connects a chat, once.
#[derive(Serialize, ToSchema)]
#[schema(as = TelegramLink)]
pub(crate) struct LinkView {
    /// Opens the bot in Telegram, which then knows whose chat it is.
    #[schema(example = "https://t.me/kabar_example_bot?start=8u0aBW5tUYkUO4cPzV4rbC0Nd3o0a5x2p7b1yC9m0aQ")]
    url: String,
    /// When it is no longer good.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Make a link by which a chat becomes the caller's, to open within 15 minutes.
#[utoipa::path(post, path = "/api/telegram/link/", tag = "telegram", responses((status = 201, body = LinkView)))]
pub(crate) async fn link_telegram(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
) -> Result<(StatusCode, Json<LinkView>)> {
    let link = app.link_chat(&caller).await?;
    let view = LinkView {
        url: link.url,
        expires_at: link.expires_at,
    };
    Ok((StatusCode::CREATED, Json(view)))
}
