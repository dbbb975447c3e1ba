use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::{Cut, PlannedCut, Power, Transition};
use crate::{Invalid, World, ids::PlannedCutId, ids::RegionId};

/// The most planned cuts that a source says at once.
pub const MOST_PLANNED: usize = 1_000;
/// For how long a source's word is taken to be complete when it does not say.
pub const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How far from now a planned cut can begin: what is farther is a slip of a year.
pub const FARTHEST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// How well the planned cuts of a region are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// When its schedule was taken in.
    pub imported_at: Timestamp,
    /// Up to when that is complete: of what comes after, it says nothing.
    pub valid_until: Timestamp,
}

impl Source {
    /// Whether it says nothing any more.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.valid_until <= now
    }

    /// Reads up to when a schedule is complete.
    ///
    /// # Errors
    /// When it is not ahead, or farther than [`FARTHEST`].
    pub fn valid_until(until: Timestamp, now: Timestamp) -> Result<Timestamp, Invalid> {
        if until <= now {
            return Err(Invalid::because("Must be after now: of the past, nobody plans."));
        }
        near(until, now)
    }
}

/// What a region knows of the cuts to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Where it comes from, if it was ever taken in.
    pub source: Option<Source>,
    /// The next cut, or the one that goes on.
    pub next: Option<Cut>,
    /// How often it was written; its entity tag.
    pub version: u64,
}

/// A cut as its source foresees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// What the source calls it.
    pub uid: String,
    /// From when and until when.
    pub time: Cut,
    /// Why; may be empty.
    pub reason: String,
    /// Whether it is taken back.
    pub is_cancelled: bool,
}

impl Foreseen {
    /// Reads from when on a cut is planned.
    ///
    /// # Errors
    /// When it is farther than [`FARTHEST`] from now.
    pub fn start(start: Timestamp, now: Timestamp) -> Result<Timestamp, Invalid> {
        near(start, now)
    }
}

fn near(time: Timestamp, now: Timestamp) -> Result<Timestamp, Invalid> {
    if time.duration_since(now).abs() > FARTHEST {
        return Err(Invalid::because("Must be within a year of now."));
    }
    Ok(time)
}

/// What a new schedule makes of one planned cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Created(PlannedCut),
    /// It is at another time, for another reason, or comes after all: as it was, and as it is.
    Changed(PlannedCut, PlannedCut),
    /// It is taken back: as it was, and as it is.
    Cancelled(PlannedCut, PlannedCut),
    /// It is as it was.
    Unchanged(PlannedCut),
    /// The schedule does not say anything of it.
    Left(PlannedCut),
}

impl Fate {
    /// The cut as it is.
    #[must_use]
    pub const fn now(&self) -> &PlannedCut {
        match self {
            Self::Created(cut) | Self::Unchanged(cut) | Self::Left(cut) => cut,
            Self::Changed(_, cut) | Self::Cancelled(_, cut) => cut,
        }
    }

    /// The cut as it was, if it was there.
    #[must_use]
    pub const fn before(&self) -> Option<&PlannedCut> {
        match self {
            Self::Created(_) => None,
            Self::Unchanged(cut) | Self::Left(cut) => Some(cut),
            Self::Changed(cut, _) | Self::Cancelled(cut, _) => Some(cut),
        }
    }

    /// Whether there is nothing to write of it.
    #[must_use]
    pub const fn is_as_before(&self) -> bool {
        matches!(self, Self::Unchanged(_) | Self::Left(_))
    }
}

/// The next cut, or the one that goes on, when these fates have come true and those have not.
#[must_use]
pub fn next_cut(written: &[Fate], unwritten: &[Fate], now: Timestamp) -> Option<Cut> {
    let cuts = written.iter().map(Fate::now);
    let cuts = cuts.chain(unwritten.iter().filter_map(Fate::before));
    let to_come = cuts.filter(|cut| !cut.is_cancelled && !cut.is_over(now));
    to_come.map(|cut| cut.time).min_by_key(|time| time.start)
}

/// What a schedule makes of the cuts that are known of a region. It speaks for all that begins after now and before
/// `until`: what it leaves out there is cancelled. What is over stays as it was planned, whatever is said of it now.
#[must_use]
pub fn merged(
    region: RegionId,
    known: Vec<PlannedCut>,
    said: Vec<Foreseen>,
    until: Timestamp,
    world: &dyn World,
) -> Vec<Fate> {
    let now = world.now();
    let (over, mut open): (Vec<_>, Vec<_>) = known.into_iter().partition(|cut| cut.is_over(now));
    let mut over: HashMap<String, PlannedCut> = over.into_iter().map(|cut| (cut.uid.clone(), cut)).collect();
    let mut fates = Vec::with_capacity(said.len());
    for one in said {
        let found = open.iter().position(|cut| cut.uid == one.uid);
        let found = found.map(|at| open.swap_remove(at));
        let past = || over.remove(&one.uid).filter(|_| one.time.end <= now);
        fates.push(match found.or_else(past) {
            Some(cut) if cut.is_over(now) => Fate::Unchanged(cut),
            Some(cut) => fate(cut, one),
            None => Fate::Created(PlannedCut {
                id: PlannedCutId::new(world),
                region,
                uid: one.uid,
                time: one.time,
                reason: one.reason,
                is_cancelled: one.is_cancelled,
                told: None,
                is_told_again: false,
                version: 1,
            }),
        });
    }
    // What is left is left out. A cut that goes on is, in many sources, no longer planned.
    fates.extend(open.into_iter().map(|cut| {
        let is_spoken_for = now < cut.time.start && cut.time.start < until;
        match is_spoken_for && !cut.is_cancelled {
            true => Fate::Cancelled(cut.clone(), cancelled(cut)),
            false => Fate::Left(cut),
        }
    }));
    fates
}

fn fate(before: PlannedCut, one: Foreseen) -> Fate {
    let after = PlannedCut {
        time: one.time,
        reason: one.reason,
        is_cancelled: one.is_cancelled,
        version: before.version + 1,
        ..before.clone()
    };
    let is_same = PlannedCut {
        version: before.version,
        ..after.clone()
    } == before;
    match (is_same, before.is_cancelled, after.is_cancelled) {
        (true, ..) => Fate::Unchanged(before),
        (_, false, true) => Fate::Cancelled(before, after),
        _ => Fate::Changed(before, after),
    }
}

fn cancelled(before: PlannedCut) -> PlannedCut {
    PlannedCut {
        is_cancelled: true,
        version: before.version + 1,
        ..before
    }
}

/// Whether anything was known of a place at any moment of this time, by all transitions that it had up to the end of it
/// (the oldest first; those before the last one that precedes the time may be left out). Of a place that never had any,
/// nothing ever was.
#[must_use]
pub fn was_known(transitions: &[Transition], time: &Cut) -> bool {
    let before = transitions.partition_point(|turn| turn.at <= time.start);
    let at_start = match (before.checked_sub(1), transitions.first()) {
        (Some(last), _) => transitions[last].to,
        (None, Some(first)) => first.from,
        (None, None) => Power::Unknown,
    };
    let later = transitions[before..].iter().take_while(|turn| turn.at < time.end);
    at_start != Power::Unknown || later.into_iter().any(|turn| turn.to != Power::Unknown)
}

#[cfg(test)]
mod tests;
