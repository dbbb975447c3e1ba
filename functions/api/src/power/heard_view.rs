use jiff::Timestamp;
use kabar_domain::power::{Beat, Detector, Means, Says, Trouble};
use kabar_store::power::HomeRead;
use serde::Serialize;
use utoipa::ToSchema;

use super::detector_view::DetectorView;

/// A detector with what was last heard of it.
#[derive(Serialize, ToSchema)]
#[schema(as = HeardDetector)]
pub(crate) struct HeardView {
    #[serde(flatten)]
    detector: DetectorView,
    /// When it was last heard or reached, or a person last said something; null before that.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_seen: Option<Timestamp>,
    /// What it said outright, `on` or `off`; null when it merely called, or nobody says anything.
    #[schema(example = json!(null))]
    said: Option<&'static str>,
    /// Why a target did not answer when it was last tried; null when it did, before that, and for other kinds.
    /// `refused_address`: an address of its name is private, and nothing was connected to. `name_not_found`,
    /// `connection_refused`, `unreachable`, `timeout`; `tls`: its certificate does not prove its name, or it speaks no TLS;
    /// `no_answer`: it hung up, or spoke no HTTP.
    #[schema(example = json!(null))]
    last_error: Option<&'static str>,
}

impl HeardView {
    pub(super) fn of(read: &HomeRead, detector: &Detector) -> Self {
        let beat = read.beats.get(&detector.id);
        let outright = |beat: &Beat| Some(beat.says.name()).filter(|_| beat.says != Says::Alive);
        let (last_seen, said) = match detector.means {
            Means::Heartbeat { .. } | Means::Probe { .. } => {
                (beat.map(|beat| beat.at), beat.and_then(outright))
            }
            Means::Manual { said } => (said.map(|said| said.at), said.map(|said| said.power.name())),
        };
        let tries = read.tries.get(&detector.id);
        let trouble = tries.and_then(|tries| tries.trouble);
        Self {
            detector: detector.into(),
            last_seen,
            said,
            last_error: trouble.map(Trouble::name),
        }
    }
}

/// The detectors of a home.
#[derive(Serialize, ToSchema)]
pub(crate) struct Detectors {
    pub(super) detectors: Vec<HeardView>,
}

/// A detector with its key, which is shown this once.
#[derive(Serialize, ToSchema)]
#[schema(as = KeyedDetector)]
pub(crate) struct KeyedView {
    #[serde(flatten)]
    pub(super) detector: HeardView,
    /// What its device calls with, at `/ping/{key}`; null for one that does not call, and when the same request is answered
    /// again.
    pub(super) key: Option<String>,
}
