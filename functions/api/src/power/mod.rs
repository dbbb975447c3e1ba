//! Regions, their followers, and outages.

pub(crate) mod followers;
pub(crate) mod outages;
pub(crate) mod regions;
