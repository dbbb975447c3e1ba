//! Power: regions, what is known of them, and the cuts they suffer.

mod check;
mod follower;
mod outage;
mod region;

pub use check::{Change, check};
pub use follower::{Channel, Following, MOST_FOLLOWED};
pub use outage::{Outage, OutageKey};
pub use region::{HomeTally, Power, REGION_NAME_MAX, Region, Word};
