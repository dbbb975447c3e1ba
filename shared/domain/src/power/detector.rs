use jiff::{SignedDuration, Timestamp};

use super::{Power, Target, Thresholds};
use crate::ids::DetectorId;

/// What somebody said of a home by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaidByHand {
    /// Whether there is power.
    pub power: Power,
    /// When they said so.
    pub at: Timestamp,
}

/// How a detector knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Means {
    /// A device on mains power calls every so often.
    Heartbeat {
        /// How often, in seconds.
        period_s: u32,
        /// By how much it may be late, in seconds.
        grace_s: u32,
    },
    /// We try to reach something that is there.
    Probe {
        /// What.
        target: Target,
        /// How often, in seconds.
        period_s: u32,
    },
    /// Somebody says so.
    Manual {
        /// What they said last, unless they took it back.
        said: Option<SaidByHand>,
    },
}

impl Means {
    /// The name of its kind in JSON and in the store.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Heartbeat { .. } => "heartbeat",
            Self::Probe { .. } => "probe",
            Self::Manual { .. } => "manual",
        }
    }
}

/// What tells whether a home has power.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detector {
    /// Which.
    pub id: DetectorId,
    /// What its owner calls it; perhaps empty.
    pub name: String,
    /// How it knows.
    pub means: Means,
    /// How sure it has to be.
    pub thresholds: Thresholds,
    /// How often it has changed; the entity tag.
    pub version: u64,
}

impl Detector {
    /// What it tries to reach, if it is a probe.
    #[must_use]
    pub const fn target(&self) -> Option<&Target> {
        match &self.means {
            Means::Probe { target, .. } => Some(target),
            Means::Heartbeat { .. } | Means::Manual { .. } => None,
        }
    }

    /// For how long it may be silent: that many misses are then behind it, the last one with its grace. Nothing for one
    /// that does not call.
    #[must_use]
    pub fn patience(&self) -> Option<SignedDuration> {
        match self.means {
            Means::Heartbeat { period_s, grace_s } => {
                let periods = i64::from(period_s) * i64::from(self.thresholds.misses);
                Some(SignedDuration::from_secs(periods + i64::from(grace_s)))
            }
            Means::Probe { .. } | Means::Manual { .. } => None,
        }
    }
}
