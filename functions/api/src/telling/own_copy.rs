use kabar_app::telling::MessageCopy;
use kabar_domain::ids::MessageId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::frame::{Entity, Id, LoggedIn, ProblemBody, Request, Result};

/// A message as its reader has it.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageCopy)]
pub(crate) struct CopyView {
    /// Null in Telegram.
    subject: Option<String>,
    /// Null in Telegram.
    text: Option<String>,
    /// In Telegram as it knows it.
    html: Option<String>,
}

impl From<MessageCopy> for CopyView {
    fn from(MessageCopy { subject, text, html }: MessageCopy) -> Self {
        Self { subject, text, html }
    }
}

/// What did it say? It is worded again from what was news then, in the language and by the clock it was planned for. A code
/// is not shown: nobody keeps it.
#[utoipa::path(get, path = "/api/users/me/messages/{id}/copy/", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = CopyView), (status = 409, body = ProblemBody)))]
pub(crate) async fn get_own_copy(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<MessageId>,
) -> Result<Entity<CopyView>> {
    Ok(Entity::unversioned(app.own_copy(&caller, id).await?.into()))
}
