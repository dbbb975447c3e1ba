use jiff::Timestamp;
use kabar_domain::{
    Zone,
    ids::{HomeId, RegionId},
    people::Caller,
    power::{FEWEST_HOMES, Indices, Interruptions, Kept, Period, Place, Region, Spell, Statistics},
};

use super::Board;
use crate::{App, Result};

/// What became of a region in a period, and of its homes.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionStatistics {
    /// Of the region.
    pub statistics: Statistics,
    /// Of interruptions of its homes that began in the period and are over; nothing for a region of fewer than
    /// [`FEWEST_HOMES`].
    pub indices: Option<Indices>,
    /// The same of each part of the period.
    pub parts: Option<Vec<Indices>>,
}

impl Board {
    /// What became of a region, as it was read just now, in a period up to now. An hour of a day takes a read more than a day of
    /// the other periods: rows of the history, and the interruptions of hours.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn statistics(&self, region: &Region, period: Period) -> Result<RegionStatistics> {
        let id = region.id;
        let (place, zone, now) = (Place::Region(id), &region.zone, self.world.now());
        let current = Spell::up_to(now, (region.status, region.since), region.outage);
        let served = region.homes.total();
        let (statistics, interruptions) = if period == Period::Day {
            let statistics = self.statistics_of_history(place, zone, now).await?;
            let hours = match served {
                FEWEST_HOMES.. => self.grid.interruptions_since(id, statistics.from).await?,
                _ => Default::default(),
            };
            let interruptions = statistics.interruptions_by_hour(&hours);
            (statistics, interruptions)
        } else {
            let (statistics, kept) = self.statistics_of_days(place, period, zone, now, current).await?;
            let interruptions = statistics.interruptions_by_day(zone, &kept);
            (statistics, interruptions)
        };
        let is_told = served >= FEWEST_HOMES;
        let parts = || interruptions.iter().filter_map(|part| part.indices(served));
        Ok(RegionStatistics {
            statistics,
            indices: Interruptions::total(&interruptions)
                .indices(served)
                .filter(|_| is_told),
            parts: is_told.then(|| parts().collect()),
        })
    }

    /// Of a day, hour by hour: few rows, which say all.
    async fn statistics_of_history(&self, place: Place, zone: &Zone, now: Timestamp) -> Result<Statistics> {
        let starts = Period::Day.starts(now, zone);
        let from = starts.first().copied().unwrap_or(now);
        let history = self.grid.transitions_since(place, from).await?;
        Ok(Statistics::of_history(Period::Day, zone, now, &history))
    }

    /// Of a longer period: what is kept of its days, at most an item a month. The place was read before.
    async fn statistics_of_days(
        &self,
        place: Place,
        period: Period,
        zone: &Zone,
        now: Timestamp,
        current: Option<Spell>,
    ) -> Result<(Statistics, Kept)> {
        let date = |instant| zone.local(instant).date();
        let starts = period.starts(now, zone);
        let first = starts.first().copied().unwrap_or(now);
        let kept = self.grid.kept(place, date(first), date(now)).await?;
        let statistics = Statistics::of_days(period, zone, now, &kept, current);
        Ok((statistics, kept))
    }
}

impl App {
    /// What became of a region in a period up to now; anyone may read it.
    ///
    /// # Errors
    /// [`crate::Failure::NotFound`].
    pub async fn region_statistics(&self, id: RegionId, period: Period) -> Result<RegionStatistics> {
        let region = self.region(id).await?;
        self.board().statistics(&region, period).await
    }

    /// What became of a home in a period up to now, for its owner, its members and staff.
    ///
    /// # Errors
    /// As [`Self::home`].
    pub async fn home_statistics(&self, caller: &Caller, id: HomeId, period: Period) -> Result<Statistics> {
        let home = self.home(caller, id).await?.home;
        let (place, now) = (Place::Home(id), self.world.now());
        if period == Period::Day {
            return self.board().statistics_of_history(place, &home.zone, now).await;
        }
        let current = Spell::up_to(now, (home.status, home.since), home.outage);
        let (statistics, _) = self
            .board()
            .statistics_of_days(place, period, &home.zone, now, current)
            .await?;
        Ok(statistics)
    }
}
