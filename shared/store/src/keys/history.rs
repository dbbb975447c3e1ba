//! Keys of what places have been, in the table of power.

use jiff::{Timestamp, civil::Date};
use kabar_domain::{
    ids::RegionId,
    power::{Place, Transition},
};

use super::{Key, key, place, region};
use crate::instant::{digits, from_digits};

pub(crate) const TRANSITION: &str = "transition#";
/// The transition of a place to its version `number`, which no other has.
pub(crate) fn transition(of: &Transition, number: u64) -> Key {
    let turned = turned(of.at, number);
    key(place(of.place), format!("{TRANSITION}{turned}"))
}
/// Where a transition stands among those of its place.
pub(crate) fn turned(at: Timestamp, number: u64) -> String {
    format!("{}#{number:010}", digits(at))
}
/// Back from [`turned`].
pub(crate) fn turned_of(sort: &str) -> Option<(Timestamp, u64)> {
    let (at, number) = sort.split_once('#')?;
    Some((from_digits(at)?, number.parse().ok()?))
}
/// What is kept of the days of a month.
pub(crate) fn month(of: Place, day: Date) -> Key {
    key(place(of), format!("month#{:04}-{:02}", day.year(), day.month()))
}
/// Year and month of such a key.
pub(crate) fn month_of(sk: &str) -> Option<(i16, i8)> {
    let (year, month) = sk.strip_prefix("month#")?.split_once('-')?;
    Some((year.parse().ok()?, month.parse().ok()?))
}
/// The interruptions of a region's homes that began in an hour.
pub(crate) fn interrupted(of: RegionId, hour: Timestamp) -> Key {
    key(region(of).pk, format!("{INTERRUPTED}{}", digits(hour)))
}
pub(crate) const INTERRUPTED: &str = "interrupted#";
/// The hour of such a key.
pub(crate) fn interrupted_of(sk: &str) -> Option<Timestamp> {
    from_digits(sk.strip_prefix(INTERRUPTED)?)
}
