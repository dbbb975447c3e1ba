//! Mailings: what one will be while it is written, and how far it is while it runs.

mod bars;
mod export;
mod letter;
mod preview;
mod progress;

pub(crate) use export::export;
pub(crate) use letter::letter;
pub(crate) use preview::{preview, unseen, usual};
pub(crate) use progress::{Bar, progress};
