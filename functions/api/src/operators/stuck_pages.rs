use axum::Json;
use jiff::Timestamp;
use kabar_app::operators::StuckPage;
use kabar_domain::ids::PageId;
use kabar_store::notices::PageStanding;
use serde::Serialize;
use utoipa::ToSchema;

use crate::frame::{Entity, Id, Request, Result, Staff};

/// A page of a notice, and where it stands.
#[derive(Serialize, ToSchema)]
#[schema(as = Page)]
pub(crate) struct PageView {
    id: String,
    notice: String,
    /// Which page of the notice it is, from 1.
    #[schema(example = 3)]
    number: u32,
    /// The queue it takes.
    #[schema(example = "urgent")]
    lane: &'static str,
    #[schema(example = "email")]
    channel: &'static str,
    /// How many people are on it.
    #[schema(example = 100)]
    people: usize,
    /// `waiting` for its turn, `queued` in its lane, `claimed` by a sender, or `closed`.
    #[schema(example = "queued")]
    state: String,
    /// How often messages on it failed.
    failures: u32,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Since when a sender may take it, or from when.
    #[schema(value_type = String, format = DateTime)]
    not_before: Timestamp,
    /// When the claim of the last sender that took it ends, or ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    claimed_until: Option<Timestamp>,
    /// When a sweep looks at it again.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
}

/// A page that does not go on.
#[derive(Serialize, ToSchema)]
#[schema(as = StuckPage)]
pub(crate) struct StuckView {
    #[serde(flatten)]
    page: PageView,
    /// `unswept`: no sweep looks at it, so mailing-dispatch does not run. `abandoned`: its sender died, and nobody takes
    /// it over. `failing`: messages on it fail again and again, as `error` says. `untaken`: no sender takes
    /// it, or all who do die on it; see the dead letters of its lane.
    #[schema(example = "abandoned")]
    reason: &'static str,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// How many people on it have not come to an end.
    #[schema(example = 7)]
    left: usize,
    /// What most of the messages that failed failed with.
    #[schema(example = "SES did not answer")]
    error: Option<String>,
    /// What its notice tells.
    #[schema(example = "outage")]
    kind: &'static str,
    /// Nobody on it is told after.
    #[schema(value_type = String, format = DateTime)]
    deadline: Timestamp,
}

/// Every page that does not go on.
#[derive(Serialize, ToSchema)]
#[schema(as = StuckPages)]
pub(crate) struct StuckPages {
    stuck_pages: Vec<StuckView>,
}

impl From<PageStanding> for PageView {
    fn from(standing: PageStanding) -> Self {
        let page = standing.page;
        Self {
            id: page.id.to_string(),
            notice: page.id.notice().to_string(),
            number: page.id.number(),
            lane: page.lane.name(),
            channel: page.channel.name(),
            people: page.people.len(),
            state: standing.state,
            failures: page.failures,
            created_at: page.created_at,
            not_before: standing.not_before,
            claimed_until: standing.claimed_until,
            due_at: standing.due_at,
        }
    }
}

impl From<StuckPage> for StuckView {
    fn from(stuck: StuckPage) -> Self {
        Self {
            page: stuck.standing.into(),
            reason: stuck.why.name(),
            since: stuck.since,
            left: stuck.left,
            error: stuck.error,
            kind: stuck.told.notice.news.kind().name(),
            deadline: stuck.told.notice.deadline,
        }
    }
}

/// Pages in the lanes that should be told by now and are not, the hundred that wait longest. Of very full lanes
/// only the most overdue pages are looked at.
#[utoipa::path(get, path = "/api/stuck-pages/", tag = "operators", responses((status = 200, body = StuckPages)))]
pub(crate) async fn list_stuck_pages(_: Staff, Request(app): Request) -> Result<Entity<StuckPages>> {
    let stuck = app.stuck_pages().await?.into_iter();
    Ok(Entity::unversioned(StuckPages {
        stuck_pages: stuck.map(StuckView::from).collect(),
    }))
}

/// Have a page taken now: it no longer waits for its next try, or is given from a dead sender to the next one. Whoever was
/// told is not told again.
#[utoipa::path(post, path = "/api/stuck-pages/{id}/release/", tag = "operators", params(("id" = String, Path)),
    responses((status = 200, body = PageView)))]
pub(crate) async fn release_page(
    Staff(caller): Staff,
    Request(app): Request,
    Id(id): Id<PageId>,
) -> Result<Json<PageView>> {
    let released = app.release_page(id).await?;
    tracing::info!(by = %caller.user, notice = %id.notice(), page = id.number(), "page released");
    Ok(Json(released.into()))
}
