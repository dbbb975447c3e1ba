use futures_util::future::try_join_all;
use jiff::Timestamp;
use kabar_courier::LaneCounts;
use kabar_domain::{
    ids::NoticeId,
    news::{Kind, Lane},
};
use kabar_store::{Window, notices::Told};

use crate::{App, Result};

/// Among how many of the newest notices those of each lane are looked for.
const NEWEST: u16 = 50;
/// How many notices of a lane are shown.
const SHOWN: usize = 3;

/// How a lane does.
#[derive(Clone, Debug)]
pub struct LaneStanding {
    /// Which.
    pub lane: Lane,
    /// How much work it has.
    pub counts: LaneCounts,
    /// The newest notices that it told somebody of.
    pub latest: Vec<Lateness>,
}

/// When people were told of a notice, and when they were to be.
#[derive(Clone, Copy, Debug)]
pub struct Lateness {
    /// Which.
    pub notice: NoticeId,
    /// What it tells.
    pub kind: Kind,
    /// When people were to be told, at the earliest.
    pub not_before: Timestamp,
    /// When the first and the last was, as of the last turn of each page, and of a notice without counts of hours on its
    /// first and its last page.
    pub sent: Option<(Timestamp, Timestamp)>,
}

impl App {
    /// Every lane: how much work it has, and how late the newest notices were that it told somebody of, among the last
    /// fifty. For staff, which the route has made sure of. Up to three reads for each of those.
    ///
    /// # Errors
    /// When SQS or the store did not answer.
    pub async fn lane_standings(&self) -> Result<Vec<LaneStanding>> {
        let window = Window::first(NEWEST);
        let newest = self.notices.list(&window).await?.entries;
        try_join_all(Lane::ALL.map(|lane| self.lane_standing(lane, &newest))).await
    }

    async fn lane_standing(&self, lane: Lane, newest: &[Told]) -> Result<LaneStanding> {
        let of_lane = newest.iter().filter(|told| told.notice.lane() == lane);
        let told = of_lane.filter(|told| told.tally.told() > 0).take(SHOWN);
        Ok(LaneStanding {
            lane,
            counts: self.lanes.count(lane).await?,
            latest: try_join_all(told.map(|told| self.lateness(told))).await?,
        })
    }

    async fn lateness(&self, told: &Told) -> Result<Lateness> {
        let notice = &told.notice;
        Ok(Lateness {
            notice: notice.id,
            kind: notice.news.kind(),
            not_before: notice.not_before,
            sent: self.notices.sent_between(notice.id, told.plan.pages).await?,
        })
    }
}
