//! Files that people send.

mod form;
mod plan;
mod poster;

pub(crate) use plan::{new_plan, take_plan};
pub(crate) use poster::{new_poster, upload_poster};
