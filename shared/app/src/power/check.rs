use std::{collections::BTreeSet, sync::Arc};

use futures_util::{StreamExt, future::try_join_all, stream};
use jiff::{SignedDuration, Timestamp};
use kabar_courier::{Canary, DispatchQueue, DispatchWork, Prober};
use kabar_domain::{
    World,
    ids::{OutageId, RegionId},
    news::{Audience, News, Notice},
    power::{Change, Intake, Outage, OutageKey, Place, Region, Spell, Transition, check},
};
use kabar_store::{
    DUE_SHARDS, Result,
    notices::Notices,
    power::{Checked, Due, Grid, Turned},
};

use super::{CheckReport, region_turns::RegionTurns};

/// How much of what is due in a shard a check takes on; the rest is due again in the next one.
const PER_SHARD: u16 = 1_000;
/// For how long a check takes on homes and planned cuts, so that it comes to their regions within its function's minute.
const HOMES_FOR: SignedDuration = SignedDuration::from_secs(40);
/// How many homes and planned cuts are looked at at once. A target that does not answer takes five seconds, so that five hundred such homes
/// are a run's; those that are left come first in the next.
const IN_FLIGHT: usize = 64;
/// How many portions of a removed region a check clears away: some ten thousand followers.
const PORTIONS: u32 = 50;

/// Decides what became of homes and regions, and opens and closes outages.
pub struct Checker {
    /// The table of power.
    pub grid: Grid,
    /// The table of notices.
    pub notices: Notices,
    /// Where the news goes to be planned.
    pub dispatch: DispatchQueue,
    /// What calls as devices do.
    pub canary: Canary,
    /// What tries the targets of probes.
    pub prober: Prober,
    /// Time and chance.
    pub world: Arc<dyn World>,
}

/// What holds for all that one check looks at.
pub(super) struct Pass {
    pub(super) time: Timestamp,
    pub(super) intake: Option<Intake>,
    pub(super) turns: RegionTurns,
    stop: Timestamp,
}

impl Checker {
    /// Checks all homes, regions and planned cuts that are due by `time`, the time of the schedule. Running twice, at once or
    /// out of order changes nothing more: every change is conditional on the version that was decided on.
    ///
    /// # Errors
    /// When the store did not answer for anything of it; the rest is done, and what was not done is still due.
    pub async fn check(&self, time: Timestamp) -> Result<CheckReport> {
        let mut report = CheckReport::default();
        let stop = self.world.now() + HOMES_FOR;
        let pass = Pass {
            time,
            intake: self.look_at_intake(&mut report).await?,
            turns: RegionTurns::default(),
            stop,
        };
        let due = try_join_all((0..DUE_SHARDS).map(|shard| self.grid.due(shard, time, PER_SHARD))).await?;
        // What has waited longest in any shard comes first, lest a shard of slow homes holds up the others for ever.
        let nth = |n: u16| {
            due.iter()
                .filter_map(move |shard| shard.get(usize::from(n)).copied())
        };
        let mut checked = stream::iter((0..PER_SHARD).flat_map(nth))
            .map(|due| self.check_in_time(due, &pass))
            .buffer_unordered(IN_FLIGHT);
        // What cannot be looked at holds up nothing else; the run fails at its end.
        let mut failure = None;
        let mut regions = BTreeSet::new();
        while let Some((of_one, looked)) = checked.next().await {
            report += of_one;
            match looked {
                Ok(region) => regions.extend(region),
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        drop(checked);
        for id in regions {
            report.regions += 1;
            if let Err(error) = self.check_region(id, &mut report).await {
                failure = failure.or(Some(error));
            }
        }
        failure.map_or(Ok(report), Err)
    }

    async fn check_region(&self, id: RegionId, report: &mut CheckReport) -> Result<()> {
        match self.grid.checked(id).await? {
            Checked::Region(region) => self.decide(&region, report).await,
            Checked::Removed(id) => self.clear_away(id).await,
            Checked::Gone => Ok(()),
        }
    }

    /// Looks at what is due, if there is time; returns the region that is to be decided then. Regions themselves always are.
    async fn check_in_time(&self, due: Due, pass: &Pass) -> (CheckReport, Result<Option<RegionId>>) {
        let mut report = CheckReport::default();
        let is_region = matches!(due, Due::Region(_));
        if !is_region && self.world.now() >= pass.stop {
            report.left_for_next += 1;
            return (report, Ok(None));
        }
        let looked = match due {
            Due::Region(id) => Ok(Some(id)),
            Due::Planned(key) => self.check_planned(key, pass, &mut report).await,
            Due::Home(id) => {
                report.homes += 1;
                self.check_home(id, pass, &mut report).await
            }
        };
        (report, looked)
    }

    /// Whether devices are heard, and since when they have been.
    async fn look_at_intake(&self, report: &mut CheckReport) -> Result<Option<Intake>> {
        let is_heard = match self.canary.key() {
            Some(key) => self.canary.is_heard(key).await,
            None => {
                let key = self.canary_key().await?;
                self.canary.is_heard(self.canary.has_key(key)).await
            }
        };
        if is_heard {
            return self.grid.intake_is_well(self.world.now()).await;
        }
        report.is_intake_failing = true;
        self.grid.intake_failed().await?;
        Ok(None)
    }

    async fn decide(&self, region: &Region, report: &mut CheckReport) -> Result<()> {
        let (change, cause) = check(region);
        let place = Place::Region(region.id);
        let (to, at) = change.comes_to();
        let transition = Transition {
            place,
            from: region.status,
            to,
            at,
            cause,
        };
        let over = Spell::ended((to, at), (region.status, region.since), region.outage);
        let kept = self.counted(place, over, &region.zone).await?;
        let turned = Turned {
            transition: &transition,
            kept: kept.as_ref(),
        };
        let is_done = match change {
            Change::Quiet { status, since } => {
                let is_other = status != region.status;
                self.grid
                    .settle(region, status, since, is_other.then_some(&turned))
                    .await?
            }
            Change::Open { started_at } => {
                let key = OutageKey {
                    place,
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
                    cause,
                    within: None,
                    notice: notice.id,
                    restored_notice: None,
                };
                let is_done = self
                    .grid
                    .open_outage(region, &outage, &turned, &self.notices, &notice)
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
                    .close_outage(region, ended_at, &turned, &self.notices, &notice)
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
    pub(super) async fn queue(&self, notice: Option<&Notice>, report: &mut CheckReport) {
        if let Some(notice) = notice
            && self.dispatch.put(DispatchWork::Plan(notice.id), 0).await.is_err()
        {
            report.not_queued += 1;
        }
    }

    pub(super) async fn clear_away(&self, region: RegionId) -> Result<()> {
        for _ in 0..PORTIONS {
            if self.grid.clear_away(region).await? {
                break;
            }
        }
        Ok(())
    }
}
