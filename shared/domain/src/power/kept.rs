use std::collections::BTreeMap;

use jiff::{Span, Timestamp, civil::Date};

use super::{Cut, Figures, Interruptions, OutageKey, Power, cuts::seconds};
use crate::Zone;

/// How many months before that of its end a time is counted in: what a year of statistics asks for, and a month to spare.
const MONTHS_BACK: i64 = 12;

/// A time in which a place had power, or was cut off from it. Where neither was known, it is no such time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spell {
    /// There was power.
    Lit {
        /// From this instant.
        start: Timestamp,
        /// Up to and without this one.
        end: Timestamp,
    },
    /// There was none.
    Cut(Cut),
}

impl Spell {
    /// What a place that is this since then has been up to `end`. While an outage is open it is cut off, whatever is known
    /// of it meanwhile; nothing where nothing is known.
    #[must_use]
    pub fn up_to(
        end: Timestamp,
        (status, since): (Power, Timestamp),
        outage: Option<OutageKey>,
    ) -> Option<Self> {
        match (outage, status) {
            (Some(open), _) => Some(Self::Cut(Cut {
                start: open.started_at,
                end,
            })),
            (None, Power::On) => Some(Self::Lit { start: since, end }),
            (None, Power::Off | Power::Unknown) => None,
        }
    }

    /// What is over when a place that is this since then comes to be something else, if it does: an open outage only ends
    /// with power.
    #[must_use]
    pub fn ended(
        (to, at): (Power, Timestamp),
        before: (Power, Timestamp),
        outage: Option<OutageKey>,
    ) -> Option<Self> {
        let is_over = to != before.0 && (outage.is_none() || to == Power::On);
        is_over.then(|| Self::up_to(at, before, outage)).flatten()
    }

    /// Its first instant, and the first one after it.
    pub(super) const fn bounds(&self) -> (Timestamp, Timestamp) {
        match *self {
            Self::Lit { start, end } => (start, end),
            Self::Cut(Cut { start, end }) => (start, end),
        }
    }

    /// What it adds to each day that it touches, by the clocks of the place, but for days longer ago than anybody asks for.
    #[must_use]
    pub fn days(&self, zone: &Zone) -> BTreeMap<Date, Day> {
        let (start, end) = self.bounds();
        let month = zone.local(end).date().first_of_month();
        let earliest = month.saturating_sub(Span::new().months(MONTHS_BACK));
        let mut date = zone.local(start).date().max(earliest);
        let mut days = BTreeMap::new();
        while let Some((from, next)) = zone.day_start(date).zip(date.tomorrow().ok()) {
            let Some(to) = zone.day_start(next) else { break };
            days.insert(date, Day::of(self, from, to));
            if end <= to {
                break;
            }
            date = next;
        }
        days
    }
}

/// What is kept of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// What cuts came to.
    pub figures: Figures,
    /// Seconds with power.
    pub on_seconds: u64,
}

impl Day {
    fn of(spell: &Spell, from: Timestamp, to: Timestamp) -> Self {
        match spell {
            Spell::Lit { start, end } => Self {
                figures: Figures::default(),
                on_seconds: seconds((*start).max(from), (*end).min(to)),
            },
            Spell::Cut(cut) => Self {
                figures: Figures::of(cut, from, to),
                on_seconds: 0,
            },
        }
    }

    fn add(&mut self, other: &Self) {
        self.figures.add(&other.figures);
        self.on_seconds += other.on_seconds;
    }
}

/// What is kept of a place, day by day.
///
/// A day is one by the calendar of the place's zone when it was counted, and stays that when the place is given another
/// zone: statistics then show it under its date, though it began at another instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Up to when the place's own days are counted; nothing while none is.
    pub counted_to: Option<Timestamp>,
    /// The place's own days.
    pub days: BTreeMap<Date, Day>,
    /// Of a region: the interruptions of its homes that began on a day and are over.
    pub interruptions: BTreeMap<Date, Interruptions>,
}

impl Kept {
    /// Counts a time that is over, of which these are the days.
    pub fn count(&mut self, spell: &Spell, days: &BTreeMap<Date, Day>) {
        for (date, day) in days {
            self.days.entry(*date).or_default().add(day);
        }
        self.counted_to = self.counted_to.max(Some(spell.bounds().1));
    }
}
