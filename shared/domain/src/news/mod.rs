//! News: what to tell whom until when, and what became of it.

mod backoff;
mod cut;
mod event_facts;
mod kind;
mod lane;
mod notice;
mod page;
mod recipient;
mod status;
mod story;
mod tally;
mod topic;

pub use backoff::{Backoff, THROTTLED};
pub use cut::{PAGE_PEOPLE, Reader, Slice, cut};
pub use event_facts::EventFacts;
pub use kind::Kind;
pub use lane::{IN_FLIGHT, Lane, PAGES_IN_LANE};
pub use notice::{Audience, Notice, Plan};
pub use page::{Page, PageState};
pub use recipient::Recipient;
pub use status::Status;
pub use story::{News, TicketFacts};
pub use tally::Tally;
pub use topic::Topic;
