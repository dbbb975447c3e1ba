//! What people do with regions, and what the check does.

mod check;
mod follow;
mod outages;
mod regions;
mod say;

pub use check::{CheckReport, Checker};
pub use follow::NewFollowing;
pub use outages::OutageTold;
pub use regions::{NewRegion, RegionChange};
