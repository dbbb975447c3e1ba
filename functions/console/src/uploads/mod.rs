//! Files that people send.

mod form;
mod poster;

pub(crate) use poster::{new_poster, upload_poster};
