//! Detectors as they lie with their home.

use kabar_domain::{
    ids::DetectorId,
    power::{Detector, Means, Power, SaidByHand, Target, Thresholds},
};
use serde::{Deserialize, Serialize};

use super::items::id;
use crate::{Result, StoreError, instant::Millis};

#[derive(Serialize, Deserialize)]
pub(super) struct DetectorItem {
    id: String,
    name: String,
    #[serde(flatten)]
    means: MeansItem,
    misses: u32,
    hits: u32,
    dwell_s: u32,
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum MeansItem {
    Heartbeat {
        period_s: u32,
        grace_s: u32,
    },
    Probe {
        target: String,
        period_s: u32,
    },
    Manual {
        said: Option<String>,
        said_at: Option<Millis>,
    },
}

impl From<&Detector> for DetectorItem {
    fn from(detector: &Detector) -> Self {
        Self {
            id: detector.id.to_string(),
            name: detector.name.clone(),
            means: match &detector.means {
                &Means::Heartbeat { period_s, grace_s } => MeansItem::Heartbeat { period_s, grace_s },
                Means::Probe { target, period_s } => MeansItem::Probe {
                    target: target.as_str().to_owned(),
                    period_s: *period_s,
                },
                Means::Manual { said } => MeansItem::Manual {
                    said: said.map(|said| said.power.name().to_owned()),
                    said_at: said.map(|said| said.at.into()),
                },
            },
            misses: detector.thresholds.misses,
            hits: detector.thresholds.hits,
            dwell_s: detector.thresholds.dwell_s,
            version: detector.version,
        }
    }
}

impl TryFrom<DetectorItem> for Detector {
    type Error = StoreError;

    fn try_from(item: DetectorItem) -> Result<Self> {
        let means = match item.means {
            MeansItem::Heartbeat { period_s, grace_s } => Means::Heartbeat { period_s, grace_s },
            MeansItem::Probe { target, period_s } => Means::Probe {
                target: Target::kept(&target)?,
                period_s,
            },
            MeansItem::Manual { said, said_at } => Means::Manual {
                said: match (said, said_at) {
                    (Some(power), Some(at)) => Some(SaidByHand {
                        power: Power::parse(&power)?,
                        at: at.into(),
                    }),
                    _ => None,
                },
            },
        };
        Ok(Self {
            id: id(DetectorId::parse(&item.id))?,
            name: item.name,
            means,
            thresholds: Thresholds {
                misses: item.misses,
                hits: item.hits,
                dwell_s: item.dwell_s,
            },
            version: item.version,
        })
    }
}
