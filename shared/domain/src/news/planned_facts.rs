use crate::{
    Zone,
    ids::{PlannedCutId, RegionId},
    power::{Cut, PlannedCut, Region},
};

/// A planned cut as news tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFacts {
    /// Which.
    pub id: PlannedCutId,
    /// Where.
    pub region: RegionId,
    /// What people call the region.
    pub called: String,
    /// Where the region's clocks stand.
    pub zone: Zone,
    /// From when and until when.
    pub time: Cut,
    /// Why, in its source's words; may be empty.
    pub reason: String,
    /// Whether it was taken back.
    pub is_cancelled: bool,
}

impl PlannedFacts {
    /// A planned cut of a region as it is.
    #[must_use]
    pub fn of(cut: &PlannedCut, region: &Region) -> Self {
        Self {
            id: cut.id,
            region: region.id,
            called: region.name.clone(),
            zone: region.zone.clone(),
            time: cut.time,
            reason: cut.reason.clone(),
            is_cancelled: cut.is_cancelled,
        }
    }
}
