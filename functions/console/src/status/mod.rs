//! The public pages of regions: what anyone may know of the power there.

mod badge;
mod chart;
mod feed;
mod figures;
mod region_page;
mod regions_page;

pub(crate) use badge::{badge, badge_json};
pub(crate) use feed::feed;
pub(crate) use region_page::region;
pub(crate) use regions_page::regions;

use kabar_app::{Failure, Result};
use kabar_domain::ids::RegionId;

/// The region that an address names.
fn read(id: &str) -> Result<RegionId> {
    RegionId::parse(id).ok_or(Failure::NotFound)
}
