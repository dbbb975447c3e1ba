//! Telling people: notices are planned into pages, pages are sent, and what became of each message is known.

mod address;
mod audience;
mod brake;
mod brief;
mod carrier;
mod client_audience;
mod clients;
mod codes;
mod contacts;
mod held;
mod link_key;
mod links;
mod listener;
mod notices;
mod pace;
mod planner;
mod sender;
mod silenced;
mod step;
mod suppressions;
mod sweep;
mod turn;
mod unsubscribe;

pub use address::address_id;
pub use brake::Standing;
pub use carrier::{Carrier, Post};
pub use held::Held;
pub use link_key::{LinkKey, Subscription};
pub use links::Links;
pub use listener::{HearReport, Listener, Verdict};
pub use pace::Pace;
pub use planner::{PlanReport, Planner};
pub use sender::{PageReport, Sender, Sent};
pub use suppressions::SuppressionFilter;
pub use sweep::SweepReport;
pub use unsubscribe::Subscribed;
