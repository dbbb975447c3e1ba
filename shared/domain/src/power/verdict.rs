use std::collections::HashMap;

use jiff::Timestamp;

use super::{
    Beat, Cause, Detector, Home, Intake, Means, Power, Says, Tries,
    hearing::{Heard, Reading, hear, probed},
};
use crate::ids::DetectorId;

/// What the detectors of a home come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it has power.
    pub status: Power,
    /// Since when.
    pub since: Timestamp,
    /// Who or what says so.
    pub cause: Cause,
    /// When to look again, if nothing is heard until then; nothing if only what is heard can change it.
    pub next: Option<Timestamp>,
    /// The devices that fell silent: what they say next begins anew.
    pub silent: Vec<DetectorId>,
}

/// Decides whether a home has power, from what its detectors say and what came of the tries of its probes.
///
/// What somebody said by hand outranks devices; what a device said outright outranks those that merely live or are
/// silent, the newest first; of those, one that lives outranks all that are silent. Power that went must have stayed
/// for a while, as the detector's thresholds say, before it counts as back. Nothing said is *unknown*: also a target that
/// never answered says nothing, for it may be the wrong one.
#[must_use]
pub fn verdict(
    home: &Home,
    beats: &HashMap<DetectorId, Beat>,
    tries: &HashMap<DetectorId, Tries>,
    intake: Option<Intake>,
    now: Timestamp,
) -> Verdict {
    let is_off = home.status == Power::Off;
    let hear = |detector: &Detector| {
        let (beat, tries) = (*beats.get(&detector.id)?, tries.get(&detector.id));
        match detector.means {
            Means::Probe { .. } => probed(detector, beat, *tries?, is_off, now),
            _ => Some(hear(detector, beat, is_off, intake, now)),
        }
    };
    let heard: Vec<Heard> = home.detectors.iter().filter_map(hear).collect();
    let is_silent = |one: &&Heard| one.beat.says == Says::Alive && matches!(one.reading, Reading::Off { .. });
    let silent = heard.iter().filter(is_silent).map(|one| one.detector).collect();
    // Probes go on whatever else is said, so that what they know is not old when it counts again.
    let probes = home
        .detectors
        .iter()
        .filter_map(|one| one.next_try(tries.get(&one.id)));
    let weighed = weigh(home, &heard, now);
    Verdict {
        silent,
        next: probes.map(|time| time.max(now)).chain(weighed.next).min(),
        ..weighed
    }
}

fn weigh(home: &Home, heard: &[Heard], now: Timestamp) -> Verdict {
    let by_hand = home.detectors.iter().find_map(|detector| match detector.means {
        Means::Manual { said } => said,
        Means::Heartbeat { .. } | Means::Probe { .. } => None,
    });
    if let Some(said) = by_hand {
        return decided(home, (said.power, said.at, Cause::Person), None, now);
    }
    let outright = heard.iter().filter(|one| one.beat.says != Says::Alive);
    if let Some(newest) = outright.max_by_key(|one| one.beat.at) {
        return one(home, newest.reading, Cause::Device, newest.next, now);
    }
    let next = heard.iter().filter_map(|one| one.next).min();
    let on = heard.iter().filter_map(|one| match one.reading {
        Reading::On { since } => Some(since),
        _ => None,
    });
    let off = heard.iter().filter_map(|one| match one.reading {
        Reading::Off { since } => Some(since),
        _ => None,
    });
    let reading = match (on.min(), off.max()) {
        (Some(since), _) => Reading::On { since },
        (None, _) if heard.iter().any(|one| matches!(one.reading, Reading::NotYet)) => Reading::NotYet,
        (None, Some(since)) => Reading::Off { since },
        (None, None) => return decided(home, (Power::Unknown, now, Cause::Nothing), None, now),
    };
    one(home, reading, Cause::Silence, next, now)
}

fn one(home: &Home, reading: Reading, cause: Cause, next: Option<Timestamp>, now: Timestamp) -> Verdict {
    let (status, since) = match reading {
        Reading::On { since } => (Power::On, since),
        Reading::Off { since } => (Power::Off, since),
        Reading::NotYet => (home.status, home.since),
    };
    decided(home, (status, since, cause), next, now)
}

/// What stays as it was has been so since then. What would have begun before that did begins now: a device that lived all
/// along while somebody said that the power was out is believed from when they took it back.
fn decided(
    home: &Home,
    (status, since, cause): (Power, Timestamp, Cause),
    next: Option<Timestamp>,
    now: Timestamp,
) -> Verdict {
    let since = match status == home.status {
        true => home.since,
        false if since < home.since => now,
        false => since,
    };
    Verdict {
        status,
        since,
        cause,
        next,
        silent: Vec::new(),
    }
}

#[cfg(test)]
mod probe_tests;
#[cfg(test)]
mod tests;
