//! How sure a detector has to be, and what its numbers can be.

use crate::Invalid;

/// The shortest and the longest time between two beats, in seconds.
const PERIOD_S: (u32, u32) = (10, 86_400);
/// The shortest time between two tries of a probe is the schedule's step.
const PROBE_PERIOD_S: (u32, u32) = (60, 86_400);
/// By how much a beat may be late, in seconds.
const GRACE_S: (u32, u32) = (0, 86_400);
/// How many misses or hits in a row a decision can take.
const IN_A_ROW: (u32, u32) = (1, 10);
/// The longest that power may have to stay before it counts as back, in seconds.
const DWELL_S: (u32, u32) = (0, 3_600);

/// How sure a detector has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Misses in a row before *off*.
    pub misses: u32,
    /// Hits in a row before *on*.
    pub hits: u32,
    /// How long power must have stayed before it counts as back, in seconds.
    pub dwell_s: u32,
}

impl Thresholds {
    /// How sure a probe has to be unless said: on the way to a home and back a packet can be lost.
    #[must_use]
    pub fn of_probe() -> Self {
        Self {
            misses: 2,
            ..Self::default()
        }
    }
}

impl Default for Thresholds {
    /// A recloser is done with its tries within two minutes, so that a line which flips meanwhile is one outage; and
    /// nobody minds to hear two minutes later that the power is back.
    fn default() -> Self {
        Self {
            misses: 1,
            hits: 1,
            dwell_s: 120,
        }
    }
}

fn between(value: u64, (least, most): (u32, u32)) -> Result<u32, Invalid> {
    let fits = u32::try_from(value)
        .ok()
        .filter(|value| (least..=most).contains(value));
    fits.ok_or_else(|| Invalid::because(format!("Must be a whole number from {least} to {most}.")))
}

/// Reads the seconds between two beats.
///
/// # Errors
/// When it is too short or too long.
pub fn period_s(value: u64) -> Result<u32, Invalid> {
    between(value, PERIOD_S)
}

/// Reads the seconds between two tries of a probe.
///
/// # Errors
/// When it is too short or too long.
pub fn probe_period_s(value: u64) -> Result<u32, Invalid> {
    between(value, PROBE_PERIOD_S)
}

/// Reads by how many seconds a beat may be late.
///
/// # Errors
/// When it is too long.
pub fn grace_s(value: u64) -> Result<u32, Invalid> {
    between(value, GRACE_S)
}

/// Reads a number of misses or hits in a row.
///
/// # Errors
/// When it is too small or too great.
pub fn in_a_row(value: u64) -> Result<u32, Invalid> {
    between(value, IN_A_ROW)
}

/// Reads for how many seconds power must have stayed before it counts as back.
///
/// # Errors
/// When it is too long.
pub fn dwell_s(value: u64) -> Result<u32, Invalid> {
    between(value, DWELL_S)
}
