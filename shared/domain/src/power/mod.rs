//! Power: regions, what is known of them, and the cuts they suffer.

mod check;
mod cuts;
mod follower;
mod outage;
mod period;
mod planned_cut;
mod region;
mod reliability;

pub use check::{Change, check};
pub use cuts::{Bucket, Cut, Figures, buckets, count, total};
pub use follower::{Channel, Following, MOST_FOLLOWED};
pub use outage::{Outage, OutageKey};
pub use period::Period;
pub use planned_cut::{AHEAD, LONGEST_PLANNED, Outcome, PUNCTUAL, PlannedCut, REASON_MAX, Tell, UID_MAX};
pub use region::{HomeTally, Power, REGION_NAME_MAX, Region, Word};
pub use reliability::{Indices, Interruptions, MOMENTARY};
