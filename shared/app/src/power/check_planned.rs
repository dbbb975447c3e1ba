use jiff::Timestamp;
use kabar_domain::{
    ids::RegionId,
    news::{Audience, News, Notice, PlannedFacts},
    power::{PlannedCut, Region, Tell},
};
use kabar_store::{
    Result,
    power::{Checked, PlannedKey},
};

use super::{CheckReport, Checker, check::Pass};

impl Checker {
    /// Tells of a planned cut what there is to tell, or notes that another one comes next; returns its region, if that has
    /// to be looked at as well.
    pub(super) async fn check_planned(
        &self,
        key: PlannedKey,
        pass: &Pass,
        report: &mut CheckReport,
    ) -> Result<Option<RegionId>> {
        let time = pass.time;
        // The index is a moment behind: whatever was moved is due where it is now.
        let Some(cut) = self.grid.planned_cut(key).await? else {
            return Ok(None);
        };
        report.planned += 1;
        let _turn = pass.turns.next(key.region).await;
        let region = match self.grid.checked(key.region).await? {
            Checked::Region(region) => region,
            Checked::Removed(region) => return Ok(Some(region)),
            // It was planned in the moment in which its region was cleared away.
            Checked::Gone => {
                self.clear_away(key.region).await?;
                return Ok(None);
            }
        };
        let is_done = match cut.tell(time) {
            Some(tell) => self.tell_planned(&cut, tell, &region, time, report).await?,
            None => self.pass_planned(&cut, &region, time).await?,
        };
        report.left_for_next += u32::from(!is_done);
        Ok(None)
    }

    async fn tell_planned(
        &self,
        cut: &PlannedCut,
        tell: Tell,
        region: &Region,
        time: Timestamp,
        report: &mut CheckReport,
    ) -> Result<bool> {
        let facts = PlannedFacts::of(cut, region);
        let was = cut.told.unwrap_or(cut.time);
        let (news, until) = match tell {
            Tell::Ahead => (News::PlannedCut { cut: facts }, cut.time.end),
            Tell::Moved => (
                News::PlannedCutChanged { was, cut: facts },
                was.end.max(cut.time.end),
            ),
            Tell::Cancelled => (News::PlannedCutChanged { was, cut: facts }, was.end),
        };
        let to = |audience| Notice::new(&*self.world, news.clone(), audience).until(until);
        let mut notices = vec![to(Audience::Followers(region.id))];
        if region.homes.total() > 0 {
            notices.push(to(Audience::Residents(region.id)));
        }
        let after = cut.once_told(tell, time);
        let due = after.look_at(time);
        let is_done = self
            .grid
            .tell_planned(cut, &after, due, &self.notices, &notices)
            .await?;
        if is_done {
            report.planned_told += 1;
            for notice in &notices {
                self.queue(Some(notice), report).await;
            }
        }
        Ok(is_done)
    }

    /// Nothing is to be told of it: it is over, or it was looked at too early.
    async fn pass_planned(&self, cut: &PlannedCut, region: &Region, time: Timestamp) -> Result<bool> {
        let is_outdated = region.plan.next.is_some_and(|next| next.end <= time);
        let next = match is_outdated {
            true => {
                let next = self.grid.next_planned(region.id, time).await?;
                Some((region.plan.version, next.map(|cut| cut.time)))
            }
            false => None,
        };
        self.grid.pass_planned(cut, cut.look_at(time), next).await
    }
}
