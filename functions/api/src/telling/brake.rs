use axum::http::StatusCode;
use jiff::Timestamp;
use kabar_app::telling::Standing;
use serde::Serialize;
use utoipa::ToSchema;

use crate::frame::{Entity, Request, Result, Staff};

/// Whether mailings stand still because too much of what was mailed came back, and what came back in the last 24
/// hours, or since they were let go on.
#[derive(Serialize, ToSchema)]
#[schema(as = Brake)]
pub(crate) struct BrakeView {
    is_on: bool,
    /// `bounces` or `complaints`; null while it is off.
    #[schema(example = "bounces")]
    reason: Option<&'static str>,
    /// Null while it is off.
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
    /// Mails of which it is known what became of them.
    #[schema(example = 12_000)]
    answered: u32,
    /// Those whose mailbox does not exist.
    #[schema(example = 640)]
    bounced: u32,
    /// Those that were called spam.
    #[schema(example = 3)]
    complained: u32,
}

impl From<Standing> for BrakeView {
    fn from(Standing { brake, reputation }: Standing) -> Self {
        Self {
            is_on: brake.is_some(),
            reason: brake.map(|brake| brake.reason.name()),
            since: brake.map(|brake| brake.since),
            answered: reputation.answered,
            bounced: reputation.bounced,
            complained: reputation.complained,
        }
    }
}

/// Do mailings stand still?
#[utoipa::path(get, path = "/api/brake/", tag = "telling", responses((status = 200, body = BrakeView)))]
pub(crate) async fn get_brake(_: Staff, Request(app): Request) -> Result<Entity<BrakeView>> {
    Ok(Entity::unversioned(app.standing().await?.into()))
}

/// Let mailings go on, and count anew what comes back.
#[utoipa::path(delete, path = "/api/brake/", tag = "telling", responses((status = 204)))]
pub(crate) async fn release_brake(_: Staff, Request(app): Request) -> Result<StatusCode> {
    app.release_brake().await?;
    Ok(StatusCode::NO_CONTENT)
}
