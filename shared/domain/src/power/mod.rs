//! Power: regions, what is known of them, and the cuts they suffer.

mod check;
mod cuts;
mod follower;
mod outage;
mod period;
mod region;
mod reliability;

pub use check::{Change, check};
pub use cuts::{Bucket, Cut, Figures, buckets, count, total};
pub use follower::{Channel, Following, MOST_FOLLOWED};
pub use outage::{Outage, OutageKey};
pub use period::Period;
pub use region::{HomeTally, Power, REGION_NAME_MAX, Region, Word};
pub use reliability::{Indices, Interruptions, MOMENTARY};
