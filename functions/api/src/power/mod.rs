//! Regions with their followers, homes with their members and detectors, what devices say, outages, planned cuts, and what
//! became of it all.

mod detector_body;
mod detector_view;
pub(crate) mod detectors;
pub(crate) mod followers;
mod heard_view;
pub(crate) mod history;
mod home_body;
pub(crate) mod home_view;
pub(crate) mod homes;
pub(crate) mod members;
pub(crate) mod outages;
pub(crate) mod pings;
mod plan_body;
mod plan_calendar;
mod plan_lines;
mod plan_rows;
mod plan_table;
pub(crate) mod plans;
pub(crate) mod regions;
pub(crate) mod statistics;
mod statistics_view;
