//! What places have been, as it lies in the table.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{Timestamp, civil::Date};
use kabar_domain::power::{Cause, Day, Figures, Interruptions, Kept, Place, Power, Transition};
use serde::{Deserialize, Serialize};

use crate::{
    Result, StoreError,
    db::{Item, read},
    instant::Millis,
    keys,
};

/// A row of a place's history.
#[derive(Serialize, Deserialize)]
pub(super) struct TransitionItem {
    pub(super) pk: String,
    pub(super) sk: String,
    from: String,
    to: String,
    pub(super) at: Millis,
    cause: String,
}

impl TransitionItem {
    /// That a place came to its version `version`.
    pub(super) fn of(transition: &Transition, version: u64) -> Self {
        let keys::Key { pk, sk } = keys::transition(transition, version);
        Self {
            pk,
            sk,
            from: transition.from.name().to_owned(),
            to: transition.to.name().to_owned(),
            at: transition.at.into(),
            cause: transition.cause.name().to_owned(),
        }
    }

    pub(super) fn read(&self, place: Place) -> Result<Transition> {
        Ok(Transition {
            place,
            from: Power::parse(&self.from)?,
            to: Power::parse(&self.to)?,
            at: self.at.into(),
            cause: Cause::parse(&self.cause)?,
        })
    }
}

/// What is kept of a month. Of a region, counters of its homes' interruptions stand beside, for numbers can only be added to
/// where they stand by themselves.
#[derive(Deserialize)]
pub(super) struct MonthItem {
    sk: String,
    /// Absent while only homes of a region have been interrupted.
    counted_to: Option<Millis>,
    #[serde(default)]
    by_day: BTreeMap<String, DayItem>,
}

/// What is kept of a day. Names are short and what is nothing is left out, for a year is read at once.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DayItem {
    #[serde(skip_serializing_if = "is_nothing")]
    on: u64,
    #[serde(skip_serializing_if = "is_nothing")]
    off: u64,
    #[serde(skip_serializing_if = "is_nothing")]
    cuts: u64,
    #[serde(skip_serializing_if = "is_nothing")]
    lasted: u64,
    #[serde(skip_serializing_if = "is_nothing")]
    longest: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
const fn is_nothing(number: &u64) -> bool {
    *number == 0
}

/// What is counted of interruptions: what its counters are called, and where it stands.
type Counter = (&'static str, fn(&mut Interruptions) -> &mut u64);

/// What is counted of interruptions, each in a counter of its own.
pub(super) const COUNTERS: [Counter; 3] = [
    ("sustained", |sum| &mut sum.sustained),
    ("seconds", |sum| &mut sum.seconds),
    ("momentary", |sum| &mut sum.momentary),
];

/// The counter of a day.
pub(super) fn counter(name: &str, day: Date) -> String {
    format!("{name}_{:02}", day.day())
}

/// Takes what is kept of a month in.
pub(super) fn read_month(item: Item, kept: &mut Kept) -> Result<()> {
    let counters: Vec<(String, AttributeValue)> = item
        .iter()
        .filter(|(name, _)| name.contains('_'))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let month: MonthItem = read(item)?;
    let (year, number) = keys::month_of(&month.sk).ok_or_else(|| StoreError::unreadable("a month"))?;
    let date = |day: &str| {
        let day = day.parse().map_err(StoreError::unreadable)?;
        Date::new(year, number, day).map_err(StoreError::unreadable)
    };
    kept.counted_to = kept.counted_to.max(month.counted_to.map(Timestamp::from));
    for (day, item) in &month.by_day {
        kept.days.insert(date(day)?, item.read()?);
    }
    for (name, value) in &counters {
        let Some((name, day)) = name.split_once('_') else {
            continue;
        };
        if let Some((_, field)) = COUNTERS.iter().find(|(known, _)| *known == name)
            && let AttributeValue::N(count) = value
        {
            let count: u64 = count.parse().map_err(StoreError::unreadable)?;
            *field(kept.interruptions.entry(date(day)?).or_default()) += count;
        }
    }
    Ok(())
}

/// What is kept of the days of one month, by the day of the month.
pub(super) fn days<'a>(days: impl Iterator<Item = (&'a Date, &'a Day)>) -> BTreeMap<String, DayItem> {
    days.map(|(date, day)| (format!("{:02}", date.day()), DayItem::of(day)))
        .collect()
}

impl DayItem {
    fn of(day: &Day) -> Self {
        Self {
            on: day.on_seconds,
            off: day.figures.off_seconds,
            cuts: day.figures.outages.into(),
            lasted: day.figures.lasted,
            longest: day.figures.longest,
        }
    }

    fn read(&self) -> Result<Day> {
        Ok(Day {
            figures: Figures {
                off_seconds: self.off,
                outages: u32::try_from(self.cuts).map_err(StoreError::unreadable)?,
                lasted: self.lasted,
                longest: self.longest,
            },
            on_seconds: self.on,
        })
    }
}
