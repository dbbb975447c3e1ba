//! What people do with regions and homes, what devices say, and what the check does.

mod by_hand;
mod canary_key;
mod check;
mod check_homes;
mod check_planned;
mod counted;
mod detector_change;
mod detectors;
mod follow;
mod history;
mod homes;
mod invitations;
mod members;
mod outages;
mod pings;
mod planned;
mod plans;
mod regions;
mod say;
mod secrets;
mod statistics;
mod tidings;

pub use check::{CheckReport, Checker};
pub use detector_change::DetectorChange;
pub use detectors::{Keyed, NewDetector};
pub use follow::NewFollowing;
pub use homes::{HomeChange, NewHome};
pub use invitations::Invited;
pub use outages::OutageTold;
pub use planned::{PlannedPart, PlannedShown};
pub use plans::{NewPlan, PlanTaken};
pub use regions::{NewRegion, RegionChange};
pub use statistics::RegionStatistics;
