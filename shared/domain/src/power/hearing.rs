use jiff::{SignedDuration, Timestamp};

use super::{Beat, Detector, Intake, Means, Says, Tries};
use crate::ids::DetectorId;

/// How soon a check looks again that cannot tell yet: the schedule's own step.
const SOON: SignedDuration = SignedDuration::from_secs(60);

/// What one device comes to.
#[derive(Clone, Copy)]
pub(super) enum Reading {
    On {
        since: Timestamp,
    },
    /// It says that there is power, but not for long enough after a cut.
    NotYet,
    Off {
        since: Timestamp,
    },
}

/// What a device comes to, and what that is made of.
pub(super) struct Heard {
    pub(super) detector: DetectorId,
    pub(super) beat: Beat,
    pub(super) reading: Reading,
    /// When to look again, if it is not heard until then; beside when a probe is to be tried again.
    pub(super) next: Option<Timestamp>,
}

/// What one device comes to, in a home that has no power (`is_off`) or may have it.
pub(super) fn hear(
    detector: &Detector,
    beat: Beat,
    is_off: bool,
    intake: Option<Intake>,
    now: Timestamp,
) -> Heard {
    let quiet = |reading| quiet(detector, beat, reading);
    match (beat.says, detector.patience()) {
        (Says::Off, _) | (_, None) => quiet(Reading::Off { since: beat.at }),
        (Says::On, Some(_)) => steady(detector, beat, is_off, None, now),
        (Says::Alive, Some(patience)) => {
            let from = intake.map_or(beat.at, |intake| beat.at.max(intake.since));
            let silent_at = later(from, patience);
            match intake {
                Some(intake) if intake.until >= silent_at => quiet(Reading::Off { since: beat.at }),
                // Its time may be over, but nobody knows whether we would have heard it.
                _ => steady(detector, beat, is_off, Some(silent_at.max(later(now, SOON))), now),
            }
        }
    }
}

/// What a probe that has answered before comes to; nothing if that is too long ago to know anything.
pub(super) fn probed(
    detector: &Detector,
    beat: Beat,
    tries: Tries,
    is_off: bool,
    now: Timestamp,
) -> Option<Heard> {
    if tries.is_unclear() {
        return None;
    }
    let quiet = |reading| Some(quiet(detector, beat, reading));
    match tries.misses {
        0 => Some(steady(detector, beat, is_off, None, now)),
        misses if misses >= detector.thresholds.misses => quiet(Reading::Off { since: beat.at }),
        // Hits in a row begin anew.
        _ if is_off => quiet(Reading::NotYet),
        _ => quiet(Reading::On {
            since: beat.on_since.unwrap_or(beat.at),
        }),
    }
}

const fn quiet(detector: &Detector, beat: Beat, reading: Reading) -> Heard {
    Heard {
        detector: detector.id,
        beat,
        reading,
        next: None,
    }
}

/// A device that says there is power: at once while none was missed, and after a cut when it has said so for long
/// enough. As many hits in a row take one period less than they are; half a period is forgiven for jitter.
fn steady(
    detector: &Detector,
    beat: Beat,
    is_off: bool,
    silent_at: Option<Timestamp>,
    now: Timestamp,
) -> Heard {
    let since = beat.on_since.unwrap_or(beat.at);
    let on = Heard {
        detector: detector.id,
        beat,
        reading: Reading::On { since },
        next: silent_at,
    };
    if !is_off {
        return on;
    }
    let steady_at = later(
        since,
        SignedDuration::from_secs(detector.thresholds.dwell_s.into()),
    );
    let has_hits = match (&detector.means, beat.says) {
        (Means::Heartbeat { period_s, .. } | Means::Probe { period_s, .. }, Says::Alive) => {
            let half_periods = (2 * i64::from(detector.thresholds.hits) - 3).max(0);
            let span = SignedDuration::from_millis(half_periods * i64::from(*period_s) * 500);
            beat.at >= later(since, span)
        }
        _ => true,
    };
    if now >= steady_at && has_hits {
        return on;
    }
    // Every beat after a cut brings the check forward, so that hits need no time to look for them.
    let steady_at = Some(steady_at).filter(|_| now < steady_at);
    Heard {
        detector: detector.id,
        beat,
        reading: Reading::NotYet,
        next: steady_at.into_iter().chain(silent_at).min(),
    }
}

fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.saturating_add(by).unwrap_or(Timestamp::MAX)
}
