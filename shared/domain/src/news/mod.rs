//! News: what to tell whom until when, and what became of it.

mod answer;
mod backoff;
mod brake;
mod cut;
mod event_facts;
mod kind;
mod lane;
mod notice;
mod page;
mod preferences;
mod recipient;
mod soft_bounces;
mod status;
mod story;
mod suppression;
mod tally;
mod topic;

pub use answer::{Answer, Feedback};
pub use backoff::{Backoff, THROTTLED};
pub use brake::{Brake, BrakeReason, Limits, REPUTATION_WINDOW, Reputation, hour_of};
pub use cut::{PAGE_PEOPLE, Reader, Slice, cut};
pub use event_facts::EventFacts;
pub use kind::Kind;
pub use lane::{IN_FLIGHT, Lane, PAGES_IN_LANE};
pub use notice::{Audience, Notice, Plan};
pub use page::{Page, PageState};
pub use preferences::Preferences;
pub use recipient::Recipient;
pub use soft_bounces::{MOST_SOFT_BOUNCES, SoftBounces};
pub use status::Status;
pub use story::{News, TicketFacts};
pub use suppression::{Reason, Source, Suppression};
pub use tally::Tally;
pub use topic::Topic;
