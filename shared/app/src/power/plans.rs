use jiff::Timestamp;
use kabar_domain::{
    ids::RegionId,
    power::{Fate, Foreseen, KNOWN_FOR, LONGEST_PLANNED, Region, Source, merged, next_cut},
};
use kabar_store::{StoreError, power::PlanPart};

use crate::{App, Expected, Failure, Result, failure::MOST_TRIES};

/// How many cuts are written in one transaction: one that is moved takes two of its hundred items.
const AT_ONCE: usize = 45;

/// What a source says of the cuts to come.
#[derive(Clone, Debug)]
pub struct NewPlan {
    /// The cuts; no two have the same uid.
    pub cuts: Vec<Foreseen>,
    /// Up to when these are all; [`KNOWN_FOR`] from now unless said.
    pub valid_until: Option<Timestamp>,
    /// Whether these are all that are planned. If not, none that is left out is cancelled.
    pub is_whole: bool,
}

/// What became of a plan, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanTaken {
    /// Cuts that are new.
    pub created: u32,
    /// Cuts that are at another time, for another reason, or come after all.
    pub changed: u32,
    /// Cuts that are as they were.
    pub unchanged: u32,
    /// Cuts that are taken back, and those that were left out.
    pub cancelled: u32,
    /// Up to when the plan is known.
    pub valid_until: Option<Timestamp>,
    /// The version of the plan.
    pub version: u64,
}

impl PlanTaken {
    /// Counts what was written.
    fn add(&mut self, written: &[Fate]) {
        for fate in written {
            match fate {
                Fate::Created(_) => self.created += 1,
                Fate::Changed(..) => self.changed += 1,
                Fate::Cancelled(..) => self.cancelled += 1,
                Fate::Unchanged(_) | Fate::Left(_) => {}
            }
        }
    }
}

impl App {
    /// Replaces what is planned for a region by what a source says now; of what was changed the next check tells people.
    /// The same again changes nothing, and one that died half-way is finished by the same again. For staff, which the
    /// route has made sure of.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or [`Failure::Changed`].
    pub async fn take_plan(&self, id: RegionId, expected: Expected, plan: NewPlan) -> Result<PlanTaken> {
        let mut taken = PlanTaken::default();
        for attempt in 0..MOST_TRIES {
            let region = self.region(id).await?;
            expected.check(region.plan.version)?;
            let fates = self.fates(&region, &plan).await?;
            if attempt == 0 {
                let same = fates.iter().filter(|fate| matches!(fate, Fate::Unchanged(_)));
                taken.unchanged = u32::try_from(same.count()).unwrap_or(u32::MAX);
            }
            if self.write_plan(&region, &plan, &fates, &mut taken).await? {
                return Ok(taken);
            }
            // A check told of one of them, or somebody else planned.
            if expected != Expected::Any {
                return Err(Failure::Changed);
            }
        }
        Err(Failure::Store(StoreError::Contended))
    }

    /// What the plan makes of all cuts that it may speak of.
    async fn fates(&self, region: &Region, plan: &NewPlan) -> Result<Vec<Fate>> {
        let now = self.world.now();
        let first = plan.cuts.iter().map(|cut| cut.time.start).min();
        let from = first.map_or(now, |first| first.min(now));
        let from = from.saturating_sub(LONGEST_PLANNED).unwrap_or(Timestamp::MIN);
        let known = self.grid.planned_from(region.id, from).await?;
        let until = match plan.is_whole {
            true => plan.valid_until.unwrap_or(now + KNOWN_FOR),
            false => now,
        };
        Ok(merged(region.id, known, plan.cuts.clone(), until, &*self.world))
    }

    /// Writes what changed, part by part. `false`: something else changed meanwhile.
    async fn write_plan(
        &self,
        region: &Region,
        plan: &NewPlan,
        fates: &[Fate],
        taken: &mut PlanTaken,
    ) -> Result<bool> {
        let now = self.world.now();
        let source = match plan.is_whole {
            true => Some(Source {
                imported_at: now,
                valid_until: plan.valid_until.unwrap_or(now + KNOWN_FOR),
            }),
            false => region.plan.source,
        };
        taken.valid_until = source.map(|source| source.valid_until);
        // What stays as it is comes first, and nothing of it is written.
        let (mut fates, news): (Vec<Fate>, Vec<Fate>) = fates.iter().cloned().partition(Fate::is_as_before);
        let mut begin = fates.len();
        fates.extend(news);
        taken.version = region.plan.version;
        loop {
            let end = fates.len().min(begin + AT_ONCE);
            let is_last = end == fates.len();
            let part = PlanPart {
                fates: &fates[begin..end],
                next: next_cut(&fates[..end], &fates[end..], now),
                source: source.filter(|_| is_last),
            };
            let is_written = self.grid.write_plan(region.id, taken.version, &part, now).await?;
            if !is_written {
                return Ok(false);
            }
            taken.version += 1;
            taken.add(part.fates);
            if is_last {
                return Ok(true);
            }
            begin = end;
        }
    }
}
