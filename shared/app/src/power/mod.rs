//! What people do with regions and homes, what devices say, and what the check does.

mod by_hand;
mod canary_key;
mod check;
mod check_homes;
mod check_report;
mod detector_change;
mod detectors;
mod follow;
mod homes;
mod invitations;
mod members;
mod outages;
mod pings;
mod probes;
mod region_turns;
mod regions;
mod say;
mod secrets;
mod tidings;

pub use check::Checker;
pub use check_report::CheckReport;
pub use detector_change::DetectorChange;
pub use detectors::{Keyed, NewDetector};
pub use follow::NewFollowing;
pub use homes::{HomeChange, NewHome};
pub use invitations::Invited;
pub use outages::OutageTold;
pub use regions::{NewRegion, RegionChange};
