//! Mailings: what one will be while it is written, and how far it is while it runs.

mod letter;
mod preview;

pub(crate) use letter::letter;
pub(crate) use preview::{preview, unseen, usual};
