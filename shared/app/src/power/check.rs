use std::sync::Arc;

use jiff::Timestamp;
use kabar_courier::{DispatchQueue, DispatchWork};
use kabar_domain::{
    World,
    ids::{OutageId, RegionId},
    news::{Audience, News, Notice},
    power::{Change, Outage, OutageKey, Region, check},
};
use kabar_store::{
    DUE_SHARDS, Result,
    notices::Notices,
    power::{Checked, Grid},
};

/// How many due regions of a shard a check takes on; the rest are due again in the next one.
const REGIONS_PER_SHARD: u16 = 250;
/// How many portions of a removed region a check clears away: some ten thousand followers.
const PORTIONS: u32 = 50;

/// Decides what became of regions, and opens and closes outages.
pub struct Checker {
    /// The table of power.
    pub grid: Grid,
    /// The table of notices.
    pub notices: Notices,
    /// Where the news goes to be planned.
    pub dispatch: DispatchQueue,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

/// What a check did, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct CheckReport {
    /// Regions looked at.
    pub regions: u32,
    /// Outages opened.
    pub outages_opened: u32,
    /// Outages closed.
    pub outages_closed: u32,
    /// Regions that somebody else changed at the same moment; they are due again.
    pub left_for_next: u32,
    /// Notices whose queue did not take them; mailing-dispatch finds them by itself.
    pub not_queued: u32,
}

impl Checker {
    /// Checks all regions that are due by `time`, the time of the schedule. Running twice, at once or out of order
    /// changes nothing more: every change is conditional on the version of the region that was decided on.
    ///
    /// # Errors
    /// When the store did not answer; what was not done is still due.
    pub async fn check(&self, time: Timestamp) -> Result<CheckReport> {
        let mut report = CheckReport::default();
        for shard in 0..DUE_SHARDS {
            for id in self.grid.due_regions(shard, time, REGIONS_PER_SHARD).await? {
                report.regions += 1;
                match self.grid.checked(id).await? {
                    Checked::Region(region) => self.decide(&region, time, &mut report).await?,
                    Checked::Removed(id) => self.clear_away(id).await?,
                    Checked::Gone => {}
                }
            }
        }
        Ok(report)
    }

    async fn decide(&self, region: &Region, time: Timestamp, report: &mut CheckReport) -> Result<()> {
        let is_done = match check(region, time) {
            Change::Quiet { status, since } => self.grid.settle(region, status, since).await?,
            Change::Open { started_at } => {
                let key = OutageKey {
                    region: region.id,
                    started_at,
                    id: OutageId::new(&*self.world),
                };
                let notice = self.notice(
                    region,
                    News::Outage {
                        outage: key,
                        region: region.name.clone(),
                        zone: region.zone.clone(),
                    },
                );
                let outage = Outage {
                    key,
                    ended_at: None,
                    cause: "operator".to_owned(),
                    notice: notice.id,
                    restored_notice: None,
                };
                let is_done = self
                    .grid
                    .open_outage(region, &outage, &self.notices, &notice)
                    .await?;
                report.outages_opened += u32::from(is_done);
                self.queue(is_done.then_some(&notice), report).await;
                is_done
            }
            Change::Close { ended_at } => {
                let Some(outage) = region.outage else {
                    return Ok(());
                };
                let notice = self.notice(
                    region,
                    News::Restored {
                        outage,
                        ended_at,
                        region: region.name.clone(),
                        zone: region.zone.clone(),
                    },
                );
                let is_done = self
                    .grid
                    .close_outage(region, ended_at, &self.notices, &notice)
                    .await?;
                report.outages_closed += u32::from(is_done);
                self.queue(is_done.then_some(&notice), report).await;
                is_done
            }
        };
        report.left_for_next += u32::from(!is_done);
        Ok(())
    }

    fn notice(&self, region: &Region, news: News) -> Notice {
        Notice::new(&*self.world, news, Audience::Followers(region.id))
    }

    /// The notice is written; a queue that does not take it only makes it later.
    async fn queue(&self, notice: Option<&Notice>, report: &mut CheckReport) {
        if let Some(notice) = notice
            && self.dispatch.put(DispatchWork::Plan(notice.id), 0).await.is_err()
        {
            report.not_queued += 1;
        }
    }

    async fn clear_away(&self, region: RegionId) -> Result<()> {
        for _ in 0..PORTIONS {
            if self.grid.clear_away(region).await? {
                break;
            }
        }
        Ok(())
    }
}
