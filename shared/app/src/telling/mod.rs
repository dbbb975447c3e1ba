//! Telling people: notices are planned into pages, pages are sent, and what became of each message is known.

mod audience;
mod brief;
mod codes;
mod contacts;
mod notices;
mod pace;
mod planner;
mod sender;
mod sweep;
mod turn;

pub use pace::Pace;
pub use planner::{PlanReport, Planner};
pub use sender::{PageReport, Sender, Sent};
pub use sweep::SweepReport;
