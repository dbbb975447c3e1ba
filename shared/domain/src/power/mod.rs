//! Power: regions and homes, what is known of them, and the cuts they suffer.

mod beat;
mod check;
mod cuts;
mod detector;
mod follower;
mod hearer;
mod hearing;
mod home;
mod invitation;
mod kept;
mod outage;
mod period;
mod place;
mod plan;
mod planned_cut;
mod public_address;
mod region;
mod reliability;
mod statistics;
mod target;
mod thresholds;
mod transition;
mod tries;
mod trouble;
mod verdict;

pub use beat::{Beat, Intake, Says};
pub use check::{Change, check, check_home};
pub use cuts::{Bucket, Cut, Figures, buckets, count, total};
pub use detector::{Detector, Means, SaidByHand};
pub use follower::{Channel, Following, MOST_FOLLOWED};
pub use hearer::Hearer;
pub use home::{HOME_NAME_MAX, Home, MOST_DETECTORS, MOST_HOMES, MOST_MEMBERS};
pub use invitation::{INVITATION_LIFETIME, Invitation, MOST_INVITATIONS};
pub use kept::{Day, Kept, Spell};
pub use outage::{Outage, OutageKey};
pub use period::Period;
pub use place::Place;
pub use plan::{
    FARTHEST, Fate, Foreseen, KNOWN_FOR, MOST_PLANNED, Plan, Source, merged, next_cut, was_known,
};
pub use planned_cut::{AHEAD, LONGEST_PLANNED, Outcome, PUNCTUAL, PlannedCut, REASON_MAX, Tell, UID_MAX};
pub use public_address::is_public;
pub use region::{HomeTally, Power, REGION_NAME_MAX, Region, Word};
pub use reliability::{FEWEST_HOMES, Indices, Interruption, Interruptions, MOMENTARY};
pub use statistics::Statistics;
pub use target::{TARGET_MAX, Target};
pub use thresholds::{Thresholds, dwell_s, grace_s, in_a_row, period_s, probe_period_s};
pub use transition::{Cause, Transition};
pub use tries::{Answer, Tries};
pub use trouble::Trouble;
pub use verdict::{Verdict, verdict};
