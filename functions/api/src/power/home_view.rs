use jiff::Timestamp;
use kabar_domain::power::Home;
use serde::Serialize;
use utoipa::ToSchema;

use super::detector_view::DetectorView;

/// A metered place.
#[derive(Serialize, ToSchema)]
#[schema(as = Home)]
pub(crate) struct HomeView {
    id: String,
    #[schema(example = "Rumah Dago")]
    name: String,
    region: String,
    /// IANA name of the zone by which its times are told.
    #[schema(example = "Asia/Jakarta")]
    time_zone: String,
    owner: String,
    /// Who else is told of it, and may see it.
    members: Vec<String>,
    /// `on`, `off` or `unknown`, as the last check decided.
    #[schema(example = "on")]
    status: &'static str,
    /// Since when it is so.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// When any of its devices was last heard; null before that.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_seen: Option<Timestamp>,
    detectors: Vec<DetectorView>,
}

impl From<Home> for HomeView {
    fn from(home: Home) -> Self {
        Self {
            id: home.id.to_string(),
            region: home.region.to_string(),
            time_zone: home.zone.name().to_owned(),
            owner: home.owner.to_string(),
            members: home.members.iter().map(ToString::to_string).collect(),
            status: home.status.name(),
            since: home.since,
            last_seen: home.last_seen,
            detectors: home.detectors.iter().map(DetectorView::from).collect(),
            name: home.name,
        }
    }
}

/// A part of the list of homes.
#[derive(Serialize, ToSchema)]
pub(crate) struct HomeList {
    pub(super) homes: Vec<HomeView>,
    /// Give as `cursor` to go on; null at the end.
    pub(super) next: Option<String>,
}
