use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use super::{
    Bucket, Cut, Figures, Interruptions, Kept, Period, Power, Spell, Transition, buckets, count,
    cuts::seconds, total,
};
use crate::Zone;

/// What became of a place in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// The period.
    pub period: Period,
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it: now.
    pub to: Timestamp,
    /// Its parts, the oldest first.
    pub buckets: Vec<Bucket>,
    /// Seconds with power.
    pub on_seconds: u64,
}

impl Statistics {
    /// A period up to `now` by the clocks of a place, of which nothing is known.
    fn empty(period: Period, zone: &Zone, now: Timestamp) -> Self {
        let starts = period.starts(now, zone);
        Self {
            period,
            from: starts.first().copied().unwrap_or(now),
            to: now,
            buckets: buckets(&starts, now),
            on_seconds: 0,
        }
    }

    /// From what is kept of the days of a period, and from what the place is now, if it is known.
    ///
    /// What is counted among the days already is not counted again, should the days have been read later than the place.
    #[must_use]
    pub fn of_days(period: Period, zone: &Zone, now: Timestamp, kept: &Kept, current: Option<Spell>) -> Self {
        let mut statistics = Self::empty(period, zone, now);
        let firsts = statistics.dates(zone);
        for (date, day) in &kept.days {
            let at = firsts.partition_point(|first| first <= date).checked_sub(1);
            if let Some(bucket) = at.and_then(|at| statistics.buckets.get_mut(at)) {
                bucket.figures.add(&day.figures);
                statistics.on_seconds += day.on_seconds;
            }
        }
        if let Some(current) = current
            && kept.counted_to.is_none_or(|to| to <= current.bounds().0)
        {
            statistics.count(&current);
        }
        statistics
    }

    /// From the rows of a place's history, the oldest first, from one before the period on if there is one.
    #[must_use]
    pub fn of_history(period: Period, zone: &Zone, now: Timestamp, history: &[Transition]) -> Self {
        let mut statistics = Self::empty(period, zone, now);
        for spell in spells(history, now) {
            statistics.count(&spell);
        }
        statistics
    }

    /// The first day of each part.
    fn dates(&self, zone: &Zone) -> Vec<Date> {
        let starts = self.buckets.iter().map(|bucket| bucket.start);
        starts.map(|start| zone.local(start).date()).collect()
    }

    fn count(&mut self, spell: &Spell) {
        match *spell {
            Spell::Lit { start, end } => self.on_seconds += seconds(start.max(self.from), end.min(self.to)),
            Spell::Cut(cut) => count(&mut self.buckets, &cut),
        }
    }

    /// What its parts come to.
    #[must_use]
    pub fn total(&self) -> Figures {
        total(&self.buckets)
    }

    /// Which part of the time in which it was known whether there was power, there was, from 0 to 1; `None` when that was
    /// never known. The time before a place was known is not known time, nor is that in which nothing was heard of it,
    /// unless it fell into an outage.
    #[must_use]
    pub fn uptime_ratio(&self) -> Option<f64> {
        let known = self.on_seconds + self.total().off_seconds;
        (known > 0).then(|| self.on_seconds as f64 / known as f64)
    }

    /// The interruptions of a region's homes that began in each part of the period, of those that are kept by day.
    #[must_use]
    pub fn interruptions_by_day(&self, zone: &Zone, kept: &Kept) -> Vec<Interruptions> {
        let firsts = self.dates(zone);
        let days = kept.interruptions.iter();
        self.parts(days.map(|(date, of_day)| (firsts.partition_point(|first| first <= date), of_day)))
    }

    /// The same of those that are kept by hour.
    #[must_use]
    pub fn interruptions_by_hour(&self, hours: &BTreeMap<Timestamp, Interruptions>) -> Vec<Interruptions> {
        let place = |hour: &Timestamp| self.buckets.partition_point(|bucket| bucket.start <= *hour);
        self.parts(hours.iter().map(|(hour, of_hour)| (place(hour), of_hour)))
    }

    /// Sums of what lies in each part; each comes with how many parts began before it, and none before the period counts.
    fn parts<'i>(&self, all: impl Iterator<Item = (usize, &'i Interruptions)>) -> Vec<Interruptions> {
        let mut sums = vec![Interruptions::default(); self.buckets.len()];
        for (begun, one) in all {
            if let Some(sum) = begun.checked_sub(1).and_then(|part| sums.get_mut(part)) {
                sum.add_all(one);
            }
        }
        sums
    }
}

/// What a place has been since the first of these rows, up to `now`. An outage begins when it is off and ends when it is on,
/// whatever is known of it meanwhile.
fn spells(history: &[Transition], now: Timestamp) -> Vec<Spell> {
    let (mut lit, mut dark): (Option<Timestamp>, Option<Timestamp>) = (None, None);
    let mut spells = Vec::new();
    let cut = |start, end| Spell::Cut(Cut { start, end });
    for one in history {
        spells.extend(lit.take().map(|start| Spell::Lit { start, end: one.at }));
        match one.to {
            Power::On => {
                spells.extend(dark.take().map(|start| cut(start, one.at)));
                lit = Some(one.at);
            }
            Power::Off => dark = dark.or(Some(one.at)),
            Power::Unknown if one.from == Power::Off => dark = dark.or(Some(one.at)),
            Power::Unknown => {}
        }
    }
    spells.extend(lit.map(|start| Spell::Lit { start, end: now }));
    spells.extend(dark.map(|start| cut(start, now)));
    spells
}
