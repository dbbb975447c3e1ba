use jiff::Timestamp;
use kabar_domain::{
    ids::RegionId,
    power::{Cut, Outage, Outcome, PlannedCut, Region, Source, Transition, was_known},
};
use kabar_store::{List, Window, power::PlannedFilter};

use super::Board;
use crate::{Failure, Result};

/// A planned cut, next to what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedShown {
    /// The cut.
    pub cut: PlannedCut,
    /// What became of it.
    pub outcome: Outcome,
    /// When the power went in its time, and when it came back.
    pub happened: Option<(Timestamp, Option<Timestamp>)>,
}

/// Planned cuts of a region, and how well they are known.
#[derive(Clone, Debug)]
pub struct PlannedPart {
    /// The cuts.
    pub list: List<PlannedShown>,
    /// Where they come from, if any were ever taken in.
    pub source: Option<Source>,
    /// Whether the source says nothing any more.
    pub is_stale: bool,
}

impl Board {
    /// Planned cuts of a region, those that begin last first.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn planned_cuts(
        &self,
        id: RegionId,
        filter: &PlannedFilter,
        window: &Window,
    ) -> Result<PlannedPart> {
        let (region, planned) =
            tokio::try_join!(self.grid.region(id), self.grid.planned_cuts(id, filter, window))?;
        let region = region.ok_or(Failure::NotFound)?;
        self.next_to_what_happened(&region, planned).await
    }

    /// The planned cuts of a region that begin first since then.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn first_planned(&self, region: &Region, since: Timestamp, limit: u16) -> Result<PlannedPart> {
        let entries = self.grid.first_planned(region.id, since, limit).await?;
        let list = List { entries, next: None };
        self.next_to_what_happened(region, list).await
    }

    async fn next_to_what_happened(&self, region: &Region, planned: List<PlannedCut>) -> Result<PlannedPart> {
        let id = region.id;
        let now = self.world.now();
        let (outages, transitions) = match begun(&planned.entries, now) {
            Some(time) => tokio::try_join!(
                self.grid.outages_in_time(id, &time),
                self.grid.transitions_in(id, &time)
            )?,
            None => (Vec::new(), Vec::new()),
        };
        Ok(PlannedPart {
            list: planned.map(|cut| shown(cut, &outages, &transitions, now)),
            source: region.plan.source,
            is_stale: region.plan.source.is_some_and(|source| source.is_stale(now)),
        })
    }
}

/// The time of those cuts that have begun.
fn begun(cuts: &[PlannedCut], now: Timestamp) -> Option<Cut> {
    let begun = || {
        cuts.iter()
            .filter(|cut| cut.time.start <= now)
            .map(|cut| cut.time)
    };
    Some(Cut {
        start: begun().map(|time| time.start).min()?,
        end: begun().map(|time| time.end).max()?.min(now),
    })
}

fn shown(cut: PlannedCut, outages: &[Outage], transitions: &[Transition], now: Timestamp) -> PlannedShown {
    let cuts: Vec<Cut> = outages
        .iter()
        .map(|outage| Cut {
            start: outage.key.started_at,
            end: outage.ended_at.unwrap_or(now),
        })
        .collect();
    let happened = cut.happened(&cuts);
    let so_far = Cut {
        start: cut.time.start,
        end: cut.time.end.min(now),
    };
    let is_known = was_known(transitions, &so_far);
    let ended = |start| outages.iter().find(|outage| outage.key.started_at == start);
    PlannedShown {
        outcome: cut.outcome(happened, is_known, now),
        happened: happened.map(|one| (one.start, ended(one.start).and_then(|outage| outage.ended_at))),
        cut,
    }
}
