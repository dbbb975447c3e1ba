use kabar_domain::{
    ids::{HomeId, RegionId},
    power::{Home, Place, Spell, Transition, Verdict, verdict},
};
use kabar_store::{
    Result,
    power::{HomeRead, HomeTurn, Opened, Told, Turned},
};

use super::{CheckReport, Checker, check::Pass, tidings::Tidings};

/// How often a home may change under a check before it is left to the next.
const MOST_TRIES: u32 = 3;
/// How many portions of a removed home a check clears away: some ten thousand rows of history.
const PORTIONS: u32 = 50;

impl Checker {
    /// Decides what became of a home; returns its region, if that has to be decided anew.
    pub(super) async fn check_home(
        &self,
        id: HomeId,
        pass: &Pass,
        report: &mut CheckReport,
    ) -> Result<Option<RegionId>> {
        for _ in 0..MOST_TRIES {
            let Some((mut read, is_removed)) = self.grid.checked_home(id).await? else {
                return Ok(None);
            };
            if is_removed {
                self.clear_away_home(&read.home).await?;
                return Ok(None);
            }
            if !self.probe(&mut read, pass.intake, pass.time, report).await? {
                continue;
            }
            let verdict = verdict(&read.home, &read.beats, &read.tries, pass.intake, pass.time);
            let region = read.home.region;
            if verdict.status == read.home.status {
                if self.settle_home(&read, &verdict).await? {
                    return Ok(None);
                }
            } else {
                let _turn = pass.turns.next(region).await;
                if self.turn_home(&read, &verdict, report).await? {
                    return Ok(Some(region));
                }
            }
        }
        report.left_for_next += 1;
        Ok(None)
    }

    /// It is as it was.
    async fn settle_home(&self, read: &HomeRead, verdict: &Verdict) -> Result<bool> {
        for id in &verdict.silent {
            if let Some(beat) = read.beats.get(id).filter(|beat| beat.on_since.is_some()) {
                self.grid.end_streak(read.home.id, *id, beat.at).await?;
            }
        }
        let seen = read.beats.values().map(|beat| beat.at).max();
        self.grid.settle_home(&read.home, seen, verdict.next).await
    }

    async fn turn_home(&self, read: &HomeRead, verdict: &Verdict, report: &mut CheckReport) -> Result<bool> {
        let before = &read.home;
        let news = self.news_of(before, verdict).await?;
        let mut after = before.clone();
        after.status = verdict.status;
        after.since = verdict.since;
        after.last_seen = before
            .last_seen
            .max(read.beats.values().map(|beat| beat.at).max());
        after.version += 1;
        let told = match &news {
            Tidings::Nothing => Told::Nothing,
            Tidings::Opened {
                outage,
                notice,
                hearers,
            } => {
                after.outage = Some(outage.key);
                Told::Opened(Opened {
                    outage,
                    notice,
                    hearers,
                })
            }
            Tidings::Closed {
                ended_at,
                notice,
                was_heard,
                interruption,
            } => {
                after.outage = None;
                Told::Closed {
                    ended_at: *ended_at,
                    notice,
                    was_heard: *was_heard,
                    interruption: *interruption,
                }
            }
        };
        let transition = Transition {
            place: Place::Home(before.id),
            from: before.status,
            to: verdict.status,
            at: verdict.since,
            cause: verdict.cause,
        };
        let (place, turned) = (transition.place, (verdict.status, verdict.since));
        let over = Spell::ended(turned, (before.status, before.since), before.outage);
        let kept = self.counted(place, over, &before.zone).await?;
        let turn = HomeTurn {
            read,
            after: &after,
            turned: Turned {
                transition: &transition,
                kept: kept.as_ref(),
            },
            silent: &verdict.silent,
            next: verdict.next,
            told,
        };
        if !self.grid.turn_home(&turn, &self.notices).await? {
            return Ok(false);
        }
        report.homes_turned += 1;
        if let Tidings::Opened { notice, .. } | Tidings::Closed { notice, .. } = &news {
            self.queue(Some(notice), report).await;
        }
        Ok(true)
    }

    async fn clear_away_home(&self, home: &Home) -> Result<()> {
        for _ in 0..PORTIONS {
            if self.grid.clear_away_home(home).await? {
                break;
            }
        }
        Ok(())
    }
}
