use kabar_domain::power::{Detector, Means};
use serde::Serialize;
use utoipa::ToSchema;

/// What tells whether a home has power.
#[derive(Serialize, ToSchema)]
#[schema(as = Detector)]
pub(crate) struct DetectorView {
    id: String,
    /// What its owner calls it; perhaps empty.
    #[schema(example = "Router")]
    name: String,
    /// `heartbeat` for a device that calls, `probe` for what Kabar tries to reach, `manual` for what people say.
    #[schema(example = "heartbeat")]
    kind: &'static str,
    /// What is tried to be reached; null for other kinds.
    #[schema(example = json!(null))]
    target: Option<String>,
    /// How often it calls, or is tried, in seconds; null for what people say.
    #[schema(example = 60)]
    period_s: Option<u32>,
    /// By how much it may be late, in seconds; null for one that does not call.
    #[schema(example = 30)]
    grace_s: Option<u32>,
    /// Misses in a row before `off`.
    #[schema(example = 1)]
    misses: u32,
    /// Hits in a row before `on`, after it was `off`.
    #[schema(example = 1)]
    hits: u32,
    /// How long power must have stayed before it counts as back, in seconds.
    #[schema(example = 120)]
    dwell_s: u32,
}

impl From<&Detector> for DetectorView {
    fn from(detector: &Detector) -> Self {
        let (period_s, grace_s) = match detector.means {
            Means::Heartbeat { period_s, grace_s } => (Some(period_s), Some(grace_s)),
            Means::Probe { period_s, .. } => (Some(period_s), None),
            Means::Manual { .. } => (None, None),
        };
        Self {
            id: detector.id.to_string(),
            name: detector.name.clone(),
            kind: detector.means.name(),
            target: detector.target().map(|target| target.as_str().to_owned()),
            period_s,
            grace_s,
            misses: detector.thresholds.misses,
            hits: detector.thresholds.hits,
            dwell_s: detector.thresholds.dwell_s,
        }
    }
}
