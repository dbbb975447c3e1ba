use jiff::Timestamp;
use kabar_app::operators::{LaneStanding, Lateness};
use serde::Serialize;
use utoipa::ToSchema;

use crate::frame::{Entity, Request, Result, Staff};

/// Every lane.
#[derive(Serialize, ToSchema)]
#[schema(as = Queues)]
pub(crate) struct LanesView {
    queues: Vec<LaneView>,
}

/// The queue of a lane: how much waits on it, and how late it is.
#[derive(Serialize, ToSchema)]
#[schema(as = Queue)]
struct LaneView {
    /// `urgent`, `bulk`, `sms` or `telegram`.
    #[schema(example = "urgent")]
    lane: &'static str,
    /// About how many pages a sender can take: SQS counts late.
    #[schema(example = 4)]
    waiting: u32,
    /// About how many senders have taken.
    #[schema(example = 2)]
    in_flight: u32,
    /// About how many come up later.
    #[schema(example = 0)]
    delayed: u32,
    /// The newest notices that it told somebody of, three at most, among the last fifty of all lanes.
    latest: Vec<LatenessView>,
}

/// When people were told of a notice, and when they were to be.
#[derive(Serialize, ToSchema)]
#[schema(as = Lateness)]
struct LatenessView {
    notice: String,
    /// What it tells.
    #[schema(example = "outage")]
    kind: &'static str,
    /// When people were to be told, at the earliest. Of a mailing they may be asleep then.
    #[schema(value_type = String, format = DateTime)]
    not_before: Timestamp,
    /// When the first was told; of a notice that is no mailing, on its first or last page.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_sent_at: Option<Timestamp>,
    /// When the last was, as of the last turn of each page.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_sent_at: Option<Timestamp>,
}

impl From<Lateness> for LatenessView {
    fn from(lateness: Lateness) -> Self {
        let (first_sent_at, last_sent_at) = lateness.sent.unzip();
        Self {
            notice: lateness.notice.to_string(),
            kind: lateness.kind.name(),
            not_before: lateness.not_before,
            first_sent_at,
            last_sent_at,
        }
    }
}

impl From<LaneStanding> for LaneView {
    fn from(standing: LaneStanding) -> Self {
        Self {
            lane: standing.lane.name(),
            waiting: standing.counts.waiting,
            in_flight: standing.counts.in_flight,
            delayed: standing.counts.delayed,
            latest: standing.latest.into_iter().map(LatenessView::from).collect(),
        }
    }
}

/// How much waits in each lane to be sent, and how late what was sent came.
#[utoipa::path(get, path = "/api/queues/", tag = "operators", responses((status = 200, body = LanesView)))]
pub(crate) async fn get_queues(_: Staff, Request(app): Request) -> Result<Entity<LanesView>> {
    let standings = app.lane_standings().await?.into_iter();
    Ok(Entity::unversioned(LanesView {
        queues: standings.map(LaneView::from).collect(),
    }))
}
