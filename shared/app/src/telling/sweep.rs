use std::collections::BTreeSet;

use jiff::Timestamp;
use kabar_courier::LaneWork;
use kabar_domain::ids::PageId;
use kabar_store::{DUE_SHARDS, Result};

use super::Planner;

/// How many due things of a shard a sweep takes on; the rest are due again in the next one.
const DUE_PER_SHARD: u16 = 250;

/// What a sweep did, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct SweepReport {
    /// Notices planned (on).
    pub notices: u32,
    /// Pages put into their lane (again).
    pub pages: u32,
}

impl Planner {
    /// Finds what a queue forgot, a crash left behind, or a back-off deferred: notices to plan and pages to send.
    ///
    /// `time` is the schedule's; planning goes on until `stop`. Pages come first, for people wait for them, and a notice
    /// that cannot be planned keeps no other waiting.
    ///
    /// # Errors
    /// When the store did not answer, the last of its errors; what was not done is still due.
    pub async fn sweep(&self, time: Timestamp, stop: Timestamp) -> Result<SweepReport> {
        let (mut report, mut due, mut failed) = (SweepReport::default(), Vec::new(), None);
        for shard in 0..DUE_SHARDS {
            let (notices, pages) = self.notices.due(shard, time, DUE_PER_SHARD).await?;
            for page in pages {
                report.pages += u32::from(self.back_into_lane(page, time).await?);
            }
            // A notice is due for planning and for its line, which is one look at it.
            due.extend(notices.into_iter().collect::<BTreeSet<_>>());
        }
        for notice in due {
            if self.world.now() >= stop {
                break;
            }
            match self.plan(notice, stop).await {
                Ok(_) => report.notices += 1,
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(report), Err)
    }

    async fn back_into_lane(&self, page: PageId, time: Timestamp) -> Result<bool> {
        let Some(lane) = self.notices.nudge(page, time).await? else {
            return Ok(false);
        };
        Ok(self.lanes.put(lane, LaneWork::Send(page), 0).await.is_ok())
    }
}
