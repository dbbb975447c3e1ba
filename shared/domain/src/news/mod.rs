//! News: what to tell whom until when, and what became of it.

mod backoff;
mod cut;
mod lane;
mod notice;
mod page;
mod recipient;
mod status;
mod story;
mod tally;

pub use backoff::{Backoff, THROTTLED};
pub use cut::{PAGE_PEOPLE, Reader, Slice, cut};
pub use lane::{IN_FLIGHT, Lane, PAGES_IN_LANE};
pub use notice::{Audience, Notice, Plan};
pub use page::{Page, PageState};
pub use recipient::Recipient;
pub use status::Status;
pub use story::{EventFacts, Kind, News};
pub use tally::Tally;
